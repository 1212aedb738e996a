package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.runner.pipeline.PipelineScript;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.codehaus.groovy.ast.ClassCodeExpressionTransformer;
import org.codehaus.groovy.ast.expr.ArgumentListExpression;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.PropertyExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.control.SourceUnit;

/**
 * Makes the value of a variable in a section {@code environment} find the others of that section, wherever they stand in it. As
 * in Declarative, {@code NAME} and {@code env.NAME} are the other variable's value, whereas the variable's own name and all that a
 * function of the file reads is what was there before the section; what nobody knows is null.
 */
final class EnvironmentReferences extends ClassCodeExpressionTransformer {

    private static final Set<String> OF_GROOVY = Set.of("this", "super", "it");

    private final String own;
    private final Map<String, Integer> blocks;
    private final Predicate<String> ofFile;

    /**
     * @param own the variable whose value this is
     * @param blocks numbers of the blocks of all that may be referred to, by name
     * @param ofFile whether the file itself defines a variable of this name
     */
    EnvironmentReferences(String own, Map<String, Integer> blocks, Predicate<String> ofFile) {
        this.own = own;
        this.blocks = blocks;
        this.ofFile = ofFile;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return null;
    }

    @Override
    public Expression transform(Expression expression) {
        if (expression instanceof VariableExpression variable) {
            return refersToAnother(variable.getName()) ? another(variable.getName(), variable) : outer(variable);
        }
        if (expression instanceof PropertyExpression property && property.getObjectExpression() instanceof VariableExpression of) {
            String name = property.getPropertyAsString();
            return of.getName().equals("env") && refersToAnother(name) ? another(name, property) : property(property, of);
        }
        if (expression instanceof MethodCallExpression call && call.getObjectExpression() instanceof VariableExpression of) {
            return call(call, of);
        }
        if (expression instanceof ClosureExpression closure) {
            closure.getCode().visit(this);
        }
        return super.transform(expression);
    }

    private boolean refersToAnother(String name) {
        return blocks.containsKey(name) && !name.equals(own);
    }

    private Expression another(String name, Expression instead) {
        return script(PipelineScript.ENVIRONMENT_VALUE, blocks.get(name), instead);
    }

    private Expression outer(VariableExpression variable) {
        boolean known = OF_GROOVY.contains(variable.getName()) || ofFile.test(variable.getName());
        return known ? variable : script(PipelineScript.OUTER_VALUE, variable.getName(), variable);
    }

    /** What stands before a dot may be a class, which only the compiler can tell. */
    private Expression receiver(VariableExpression of) {
        return refersToAnother(of.getName()) ? another(of.getName(), of) : of;
    }

    private Expression property(PropertyExpression property, VariableExpression of) {
        Expression transformed = new PropertyExpression(receiver(of), transform(property.getProperty()), property.isSafe());
        transformed.setSourcePosition(property);
        return transformed;
    }

    private Expression call(MethodCallExpression call, VariableExpression of) {
        MethodCallExpression transformed = new MethodCallExpression(receiver(of), transform(call.getMethod()), transform(call.getArguments()));
        transformed.setImplicitThis(call.isImplicitThis());
        transformed.setSafe(call.isSafe());
        transformed.setSpreadSafe(call.isSpreadSafe());
        transformed.setSourcePosition(call);
        return transformed;
    }

    private static Expression script(String method, Object argument, Expression instead) {
        Expression call = new MethodCallExpression(
                VariableExpression.THIS_EXPRESSION, method, new ArgumentListExpression(new ConstantExpression(argument)));
        call.setSourcePosition(instead);
        return call;
    }
}
