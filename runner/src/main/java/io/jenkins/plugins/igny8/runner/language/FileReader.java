package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.pipeline.Pipeline;
import io.jenkins.plugins.igny8.runner.pipeline.PipelineScript;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.VariableScope;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.ReturnStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads a whole file: its block {@code pipeline}, if there is one, and the code around it. */
final class FileReader {

    private final Problems problems;
    private final Symbols symbols;

    FileReader(Problems problems, Symbols symbols) {
        this.problems = problems;
        this.symbols = symbols;
    }

    /** Empty for a scripted pipeline. Afterwards the module can be compiled: its block {@code pipeline} hands over closures. */
    Optional<Pipeline> read(ModuleNode module) {
        CodeCheck code = new CodeCheck(problems, symbols, Names.of(module));
        List<Call> pipelines = new ArrayList<>();
        for (Statement statement : module.getStatementBlock().getStatements()) {
            Optional<Call> pipeline = Call.of(statement).filter(call -> call.name().equals("pipeline"));
            pipeline.ifPresentOrElse(pipelines::add, () -> code.check(statement));
        }
        for (MethodNode function : module.getMethods()) {
            code.check(function.getCode());
        }
        // The compiler puts an empty return where there is nothing else.
        if (module.getStatementBlock().getStatements().stream().allMatch(ReturnStatement.class::isInstance)) {
            problems.add(1, "there is nothing to run in this file.");
        }
        if (pipelines.isEmpty()) {
            return Optional.empty();
        }
        Call pipeline = pipelines.get(0);
        pipelines.stream().skip(1).forEach(another -> problems.add(another.node(), "there is another pipeline in line " + pipeline.line() + ": a file has one."));
        if (!pipeline.onlyBlock()) {
            problems.add(pipeline.node(), "write pipeline { ... }");
            return Optional.empty();
        }
        Blocks blocks = new Blocks();
        Pipeline read = new PipelineReader(problems, symbols, blocks, code).read(pipeline.block());
        pipeline.node().setMethod(new ConstantExpression(PipelineScript.RUN_PIPELINE));
        pipeline.node().setArguments(new ArgumentListExpression(new ListExpression(new ArrayList<Expression>(blocks.all()))));
        return Optional.of(read);
    }

    /** The pieces of code of a pipeline: the model knows their numbers, the compiled file hands over the closures. */
    static final class Blocks {

        private final List<ClosureExpression> all = new ArrayList<>();

        /** The number that the block gets. */
        int add(ClosureExpression block) {
            all.add(block);
            return all.size() - 1;
        }

        /** The number of a block that gives the value of an expression. */
        int add(Expression value) {
            Statement statement = new ExpressionStatement(value);
            statement.setSourcePosition(value);
            BlockStatement code = new BlockStatement(new Statement[] {statement}, new VariableScope());
            ClosureExpression block = new ClosureExpression(Parameter.EMPTY_ARRAY, code);
            block.setSourcePosition(value);
            return add(block);
        }

        List<ClosureExpression> all() {
            return all;
        }
    }
}
