package io.jenkins.plugins.igny8.runner.language;

import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.MethodNode;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.DeclarationExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ForStatement;
import org.codehaus.groovy.syntax.Types;

/** The names that a file itself gives to functions and variables, and may therefore call. A variable may hold a closure. */
final class Names extends CodeVisitorSupport {

    private final Set<String> functions = new TreeSet<>();
    private final Set<String> names = new TreeSet<>();

    private Names() {}

    static Names of(ModuleNode module) {
        Names found = new Names();
        module.getStatementBlock().visit(found);
        for (MethodNode function : module.getMethods()) {
            found.functions.add(function.getName());
            found.add(function.getParameters());
            function.getCode().visit(found);
        }
        return found;
    }

    boolean contains(String name) {
        return functions.contains(name) || names.contains(name);
    }

    Set<String> functions() {
        return functions;
    }

    @Override
    public void visitDeclarationExpression(DeclarationExpression expression) {
        add(expression.getLeftExpression());
        super.visitDeclarationExpression(expression);
    }

    @Override
    public void visitBinaryExpression(BinaryExpression expression) {
        if (expression.getOperation().getType() == Types.ASSIGN) {
            add(expression.getLeftExpression());
        }
        super.visitBinaryExpression(expression);
    }

    @Override
    public void visitForLoop(ForStatement loop) {
        names.add(loop.getVariable().getName());
        super.visitForLoop(loop);
    }

    @Override
    public void visitClosureExpression(ClosureExpression expression) {
        add(expression.getParameters());
        super.visitClosureExpression(expression);
    }

    private void add(Expression assigned) {
        if (assigned instanceof VariableExpression variable) {
            names.add(variable.getName());
        } else if (assigned instanceof TupleExpression several) {
            several.getExpressions().forEach(this::add);
        }
    }

    private void add(Parameter[] parameters) {
        if (parameters != null) {
            for (Parameter parameter : parameters) {
                names.add(parameter.getName());
            }
        }
    }
}
