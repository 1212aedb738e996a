package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.runner.language.FileReader.Blocks;
import io.jenkins.plugins.igny8.runner.pipeline.Condition;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import org.codehaus.groovy.ast.Parameter;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads the section {@code when}. */
final class WhenReader {

    private final Problems problems;
    private final Blocks blocks;
    private final CodeCheck code;

    WhenReader(Problems problems, Blocks blocks, CodeCheck code) {
        this.problems = problems;
        this.blocks = blocks;
        this.code = code;
    }

    /** All conditions of a block together. */
    Condition all(ClosureExpression block) {
        return nested(block, "when", Condition.AllOf::new);
    }

    private Condition nested(ClosureExpression block, String where, Function<List<Condition>, Condition> together) {
        List<Condition> conditions = new ArrayList<>();
        for (Statement statement : Call.statements(block)) {
            // Conditions may come more than once, unlike sections.
            ClosureExpression one = new ClosureExpression(Parameter.EMPTY_ARRAY, statement);
            one.setSourcePosition(statement);
            sections(where, conditions).read(one);
        }
        if (conditions.isEmpty()) {
            problems.add(block, where + " has no condition.");
        }
        return together.apply(conditions);
    }

    private Sections sections(String where, List<Condition> into) {
        return new Sections(problems, where)
                .with("expression", call -> ifBlock(call, block -> {
                    code.check(block);
                    into.add(new Condition.Expression(blocks.add(block)));
                }))
                .with("branch", call -> into.add(new Condition.Branch(only(call, "pattern"))))
                .with("environment", call -> into.add(new Condition.Environment(named(call, "name"), named(call, "value"))))
                .with("equals", call -> into.add(new Condition.Equal(named(call, "expected"), named(call, "actual"))))
                .with("not", call -> ifBlock(call, block -> into.add(nested(block, "not", all -> negated(block, all)))))
                .with("allOf", call -> ifBlock(call, block -> into.add(nested(block, "allOf", Condition.AllOf::new))))
                .with("anyOf", call -> ifBlock(call, block -> into.add(nested(block, "anyOf", Condition.AnyOf::new))));
    }

    private Condition negated(ClosureExpression block, List<Condition> all) {
        if (all.size() > 1) {
            problems.add(block, "not takes one condition: put several into allOf or anyOf.");
        }
        return new Condition.Not(new Condition.AllOf(all));
    }

    private void ifBlock(Call call, Consumer<ClosureExpression> reader) {
        if (call.onlyBlock()) {
            reader.accept(call.block());
        } else {
            problems.add(call.node(), "write " + call.name() + " { ... }");
        }
    }

    private int only(Call call, String name) {
        return call.positional().size() == 1 && call.named().isEmpty() ? value(call.positional().get(0)) : named(call, name);
    }

    private int named(Call call, String name) {
        Expression value = call.named().get(name);
        if (value == null) {
            problems.add(call.node(), call.name() + " needs the parameter '" + name + "'.");
            return -1;
        }
        return value(value);
    }

    private int value(Expression value) {
        code.check(value);
        return blocks.add(value);
    }
}
