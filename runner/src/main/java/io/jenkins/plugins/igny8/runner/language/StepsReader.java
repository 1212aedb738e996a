package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.runner.binding.Binder;
import io.jenkins.plugins.igny8.runner.binding.Literals;
import io.jenkins.plugins.igny8.host.Nearest;
import io.jenkins.plugins.igny8.runner.binding.Signature;
import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.build.StepCaller;
import java.lang.reflect.Type;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Checks blocks of a declarative pipeline in which only steps may stand, as Declarative does before anything runs. */
final class StepsReader {

    /** Declarative refuses these outside of {@code script}: they would hide stages from it. */
    private static final Set<String> ONLY_IN_SCRIPT = Set.of("stage", "parallel", "pipeline");

    private final Problems problems;
    private final Symbols symbols;
    private final CodeCheck code;

    StepsReader(Problems problems, Symbols symbols, CodeCheck code) {
        this.problems = problems;
        this.symbols = symbols;
        this.code = code;
    }

    void check(ClosureExpression block, String where) {
        if (Call.statements(block).isEmpty()) {
            problems.add(block, where + " has no steps.");
        }
        for (Statement statement : Call.statements(block)) {
            Optional<Call> call = Call.of(statement);
            if (call.isPresent()) {
                check(call.get(), where);
            } else {
                problems.add(statement, "only steps stand in " + where + ", each on a line of its own: put other code into script { ... }.");
            }
        }
    }

    private void check(Call call, String where) {
        if (ONLY_IN_SCRIPT.contains(call.name())) {
            problems.add(call.node(), "'" + call.name() + "' is not allowed in " + where + ": put it into script { ... }.");
            return;
        }
        Class<?> step = code.isOwn(call.name()) ? null : symbols.steps().get(call.name());
        if (step == null) {
            // A function of the file, or nothing that exists.
            code.check(call.node());
            return;
        }
        call.named().values().forEach(code::check);
        call.positional().forEach(code::check);
        parameters(call, step);
        boolean takesBlock = StepCaller.takesBlock(step);
        if (takesBlock && call.block() == null) {
            problems.add(call.node(), call.name() + " needs a block: " + call.name() + "(...) { ... }");
        } else if (!takesBlock && call.block() != null) {
            problems.add(call.node(), call.name() + " takes no block.");
        } else if (call.name().equals("script")) {
            code.check(call.block());
        } else if (takesBlock) {
            check(call.block(), call.name());
        }
    }

    private void parameters(Call call, Class<?> step) {
        Signature signature = Signature.of(step);
        Map<String, Type> required = signature.required();
        if (!call.named().isEmpty()) {
            call.named().forEach((name, value) -> {
                if (signature.type(name) == null) {
                    problems.add(value, call.name() + " has no parameter '" + name + "': "
                            + Nearest.to(name, signature.names()));
                } else {
                    literal(Binder.where(call.name(), name), signature.type(name), value);
                }
            });
            required.keySet().stream().filter(name -> !call.named().containsKey(name)).forEach(missing -> missing(call, missing));
        }
        int given = call.positional().size();
        if (given > 1 || given == 1 && !call.named().isEmpty()) {
            problems.add(call.node(), call.name() + " takes one value or named parameters: " + String.join(", ", signature.names()) + ".");
        } else if (given == 1 && signature.sole().isEmpty()) {
            problems.add(call.node(), call.name() + " takes its parameters by name: " + String.join(", ", signature.names()) + ".");
        } else if (given == 1) {
            literal(Binder.where(call.name(), signature.sole().get()), signature.type(signature.sole().get()), call.positional().get(0));
        } else if (call.named().isEmpty()) {
            required.keySet().forEach(missing -> missing(call, missing));
        }
    }

    private void missing(Call call, String parameter) {
        problems.add(call.node(), call.name() + " needs the parameter '" + parameter + "'.");
    }

    private void literal(String where, Type type, Expression value) {
        if (value instanceof ConstantExpression constant && constant.getValue() != null) {
            Literals.problem(Binder.erasure(type), constant.getValue()).ifPresent(problem -> problems.add(value, where + " " + problem + "."));
        }
    }
}
