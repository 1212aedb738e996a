package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Nearest;
import io.jenkins.plugins.igny8.runner.binding.Binder;
import io.jenkins.plugins.igny8.runner.binding.Described;
import io.jenkins.plugins.igny8.runner.binding.Signature;
import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.language.FileReader.Blocks;
import io.jenkins.plugins.igny8.runner.parameters.ParameterDefinition;
import io.jenkins.plugins.igny8.runner.pipeline.Pipeline.Variable;
import io.jenkins.plugins.igny8.runner.steps.TimeoutStep;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.codehaus.groovy.ast.expr.BinaryExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.GStringExpression;
import org.codehaus.groovy.ast.expr.ListExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;
import org.codehaus.groovy.syntax.Types;

/** Reads the sections environment, options and parameters. */
final class SettingsReader {

    private final Problems problems;
    private final Symbols symbols;
    private final Blocks blocks;
    private final CodeCheck code;

    SettingsReader(Problems problems, Symbols symbols, Blocks blocks, CodeCheck code) {
        this.problems = problems;
        this.symbols = symbols;
        this.blocks = blocks;
        this.code = code;
    }

    List<Variable> environment(ClosureExpression block) {
        Map<VariableExpression, Expression> values = new LinkedHashMap<>();
        for (Statement statement : Call.statements(block)) {
            if (statement instanceof ExpressionStatement single
                    && single.getExpression() instanceof BinaryExpression assignment
                    && assignment.getOperation().getType() == Types.ASSIGN
                    && assignment.getLeftExpression() instanceof VariableExpression name) {
                environmentValue(assignment.getRightExpression());
                code.check(assignment.getRightExpression());
                values.put(name, assignment.getRightExpression());
            } else {
                problems.add(statement, "only variables stand in environment: NAME = 'value'");
            }
        }
        if (values.isEmpty()) {
            problems.add(block, "environment has no variable.");
        }
        return variables(values);
    }

    private List<Variable> variables(Map<VariableExpression, Expression> values) {
        Map<String, Integer> plain = new LinkedHashMap<>();
        int number = blocks.all().size();
        for (Map.Entry<VariableExpression, Expression> each : values.entrySet()) {
            if (!isSecret(each.getValue())) {
                plain.put(each.getKey().getName(), number);
            }
            number++;
        }
        List<Variable> variables = new ArrayList<>();
        values.forEach((name, value) -> {
            Expression resolved = new EnvironmentReferences(name.getName(), plain, code::isOwn).transform(value);
            variables.add(new Variable(name.getName(), blocks.add(resolved), isSecret(value), name.getLineNumber()));
        });
        return variables;
    }

    private static boolean isSecret(Expression value) {
        return Call.of(value).filter(call -> call.name().equals("credentials")).isPresent();
    }

    /** Declarative takes texts, calls and sums of these, and nothing else. */
    private void environmentValue(Expression value) {
        if (value instanceof BinaryExpression sum && sum.getOperation().getType() == Types.PLUS) {
            environmentValue(sum.getLeftExpression());
            environmentValue(sum.getRightExpression());
        } else if (!(value instanceof ConstantExpression) && !(value instanceof GStringExpression) && Call.of(value).isEmpty()) {
            problems.add(value, "the value of a variable in environment is a text or a call: write \"${" + value.getText() + "}\".");
        }
    }

    /** Gives the timeout; null where there is none. */
    Duration options(ClosureExpression block) {
        Duration[] timeout = {null};
        new Sections(problems, "options")
                .with("timeout", call -> timeout[0] = timeout(call))
                .with("skipDefaultCheckout", this::meansNothingHere)
                .with("disableConcurrentBuilds", this::meansNothingHere)
                .with("buildDiscarder", this::meansNothingHere)
                .read(block);
        return timeout[0];
    }

    private void meansNothingHere(Call call) {
        problems.note(call.line(), "the option " + call.name() + " means nothing here.");
    }

    private Duration timeout(Call call) {
        TimeoutStep bound = bind(call, TimeoutStep.class);
        return bound == null ? null : bound.limit();
    }

    List<ParameterDefinition> parameters(ClosureExpression block) {
        Map<String, Class<?>> kinds = symbols.describables(ParameterDefinition.class);
        List<ParameterDefinition> parameters = new ArrayList<>();
        for (Statement statement : Call.statements(block)) {
            Call call = Call.of(statement).orElse(null);
            if (call == null || !kinds.containsKey(call.name())) {
                problems.add(statement, call == null
                        ? "only parameters stand in parameters: " + String.join(", ", kinds.keySet()) + "."
                        : "there is no kind of parameter '" + call.name() + "': " + Nearest.to(call.name(), kinds.keySet()));
                continue;
            }
            ParameterDefinition parameter = bind(call, kinds.get(call.name()).asSubclass(ParameterDefinition.class));
            if (parameter != null) {
                parameters.add(parameter);
            }
        }
        return parameters;
    }

    /** {@code failFast true}. */
    boolean flag(Call call) {
        if (call.positional().size() == 1 && call.positional().get(0) instanceof ConstantExpression constant && constant.getValue() instanceof Boolean flag) {
            return flag;
        }
        problems.add(call.node(), "write " + call.name() + " true");
        return false;
    }

    /** Binds literals: these sections are needed before any code of the file can run. */
    private <T> T bind(Call call, Class<T> type) {
        try {
            Map<String, Object> arguments = new LinkedHashMap<>();
            call.named().forEach((name, value) -> arguments.put(name, literal(call, value)));
            if (call.positional().size() == 1 && call.named().isEmpty()) {
                arguments.put(Described.ANONYMOUS, literal(call, call.positional().get(0)));
            }
            Signature.of(type).required().keySet().stream()
                    .filter(name -> !arguments.containsKey(name) && !arguments.containsKey(Described.ANONYMOUS))
                    .forEach(name -> problems.add(call.node(), call.name() + " needs the parameter '" + name + "'."));
            return new Binder(symbols).bind(call.name(), type, arguments);
        } catch (Failure e) {
            problems.add(call.node(), e.getMessage());
            return null;
        }
    }

    private static Object literal(Call call, Expression value) {
        if (value instanceof ConstantExpression constant) {
            return constant.getValue();
        }
        if (value instanceof ListExpression list) {
            return list.getExpressions().stream().map(each -> literal(call, each)).toList();
        }
        throw new Failure(call.name() + ": this runner takes texts, numbers, true and false here, not " + value.getText() + ".");
    }
}
