package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.host.Nearest;
import io.jenkins.plugins.igny8.runner.binding.Signature;
import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.build.LocalStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.codehaus.groovy.ast.ASTNode;
import org.codehaus.groovy.ast.CodeVisitorSupport;
import org.codehaus.groovy.ast.expr.MethodCallExpression;

/**
 * Checks code in which anything is allowed: what it calls must exist here, with parameters of these names. Jenkins would find
 * that out only when the call happens.
 */
final class CodeCheck extends CodeVisitorSupport {

    /** What every script has from Groovy; {@code credentials} is for sections environment. */
    private static final Set<String> ALWAYS = Set.of("println", "print", "printf", "sprintf", "credentials");

    /** In their closures a call goes to the object itself. */
    private static final Set<String> DELEGATING = Set.of("with", "tap");

    private final Problems problems;
    private final Symbols symbols;
    private final Names ownNames;

    CodeCheck(Problems problems, Symbols symbols, Names ownNames) {
        this.problems = problems;
        this.symbols = symbols;
        this.ownNames = ownNames;
    }

    void check(ASTNode code) {
        code.visit(this);
    }

    /** Whether the file itself defines something of this name, which then goes before a step. */
    boolean isOwn(String name) {
        return ownNames.contains(name);
    }

    @Override
    public void visitMethodCallExpression(MethodCallExpression node) {
        boolean delegating = !node.isImplicitThis() && DELEGATING.contains(String.valueOf(node.getMethodAsString()));
        if (delegating) {
            node.getObjectExpression().visit(this);
            return;
        }
        Call.of(node).filter(call -> !isOwn(call.name()) && !ALWAYS.contains(call.name())).ifPresent(this::check);
        super.visitMethodCallExpression(node);
    }

    private void check(Call call) {
        List<Class<?>> meant = new ArrayList<>(symbols.describables().getOrDefault(call.name(), List.of()));
        Class<?> step = symbols.steps().get(call.name());
        if (step != null) {
            meant.add(step);
        }
        if (meant.isEmpty()) {
            unknown(call);
            return;
        }
        if (meant.stream().anyMatch(LocalStep.AnyNames.class::isAssignableFrom)) {
            return;
        }
        Set<String> parameters = new TreeSet<>();
        meant.forEach(type -> parameters.addAll(Signature.of(type).names()));
        call.named().forEach((name, value) -> {
            if (!parameters.contains(name)) {
                problems.add(value, call.name() + " has no parameter '" + name + "': " + Nearest.to(name, parameters));
            }
        });
    }

    /** Says that nothing of this name can be called. */
    void unknown(Call call) {
        if (call.name().equals("pipeline")) {
            problems.add(call.node(), "the block pipeline stands at the top of the file, in nothing else.");
            return;
        }
        Set<String> known = new TreeSet<>(symbols.steps().keySet());
        known.addAll(ownNames.functions());
        problems.add(call.node(), "there is no step '" + call.name() + "': " + Nearest.to(call.name(), known));
    }
}
