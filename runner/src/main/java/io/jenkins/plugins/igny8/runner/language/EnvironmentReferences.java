package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.runner.pipeline.PipelineScript;
import java.util.Map;
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
 * function of the file reads is what was there before the section.
 */
final class EnvironmentReferences extends ClassCodeExpressionTransformer {

    private final String own;
    private final Map<String, Integer> blocks;

    /**
     * @param own the variable whose value this is
     * @param blocks numbers of the blocks of all that may be referred to, by name
     */
    EnvironmentReferences(String own, Map<String, Integer> blocks) {
        this.own = own;
        this.blocks = blocks;
    }

    @Override
    protected SourceUnit getSourceUnit() {
        return null;
    }

    @Override
    public Expression transform(Expression expression) {
        if (expression instanceof VariableExpression variable) {
            return reference(variable.getName(), expression);
        }
        if (expression instanceof PropertyExpression property
                && property.getObjectExpression() instanceof VariableExpression of
                && of.getName().equals("env")) {
            return reference(property.getPropertyAsString(), expression);
        }
        if (expression instanceof ClosureExpression closure) {
            closure.getCode().visit(this);
        }
        return super.transform(expression);
    }

    private Expression reference(String name, Expression expression) {
        Integer block = blocks.get(name);
        if (block == null || name.equals(own)) {
            return expression;
        }
        Expression call = new MethodCallExpression(
                VariableExpression.THIS_EXPRESSION, PipelineScript.ENVIRONMENT_VALUE, new ArgumentListExpression(new ConstantExpression(block)));
        call.setSourcePosition(expression);
        return call;
    }
}
