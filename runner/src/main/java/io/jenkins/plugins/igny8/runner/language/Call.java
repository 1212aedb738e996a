package io.jenkins.plugins.igny8.runner.language;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.Expression;
import org.codehaus.groovy.ast.expr.MapEntryExpression;
import org.codehaus.groovy.ast.expr.MapExpression;
import org.codehaus.groovy.ast.expr.MethodCallExpression;
import org.codehaus.groovy.ast.expr.TupleExpression;
import org.codehaus.groovy.ast.stmt.BlockStatement;
import org.codehaus.groovy.ast.stmt.ExpressionStatement;
import org.codehaus.groovy.ast.stmt.Statement;

/**
 * A call without receiver, {@code name(values, key: value) { block }}: what sections, directives and steps are to Groovy.
 *
 * @param named whose name is a constant; others are in no list, since they are known only when the call happens
 * @param block null where there is none
 */
record Call(MethodCallExpression node, String name, List<Expression> positional, Map<String, Expression> named, ClosureExpression block) {

    static Optional<Call> of(Statement statement) {
        return statement instanceof ExpressionStatement single ? of(single.getExpression()) : Optional.empty();
    }

    static Optional<Call> of(Expression expression) {
        if (!(expression instanceof MethodCallExpression call)
                || !call.isImplicitThis()
                || !(call.getMethod() instanceof ConstantExpression name)) {
            return Optional.empty();
        }
        List<Expression> all = new ArrayList<>();
        if (call.getArguments() instanceof TupleExpression tuple) {
            all.addAll(tuple.getExpressions());
        } else {
            all.add(call.getArguments());
        }
        ClosureExpression block = null;
        if (!all.isEmpty() && all.get(all.size() - 1) instanceof ClosureExpression last) {
            block = last;
            all.remove(all.size() - 1);
        }
        Map<String, Expression> named = new LinkedHashMap<>();
        if (!all.isEmpty() && all.get(0) instanceof MapExpression map) {
            all.remove(0);
            for (MapEntryExpression entry : map.getMapEntryExpressions()) {
                if (entry.getKeyExpression() instanceof ConstantExpression key) {
                    named.put(String.valueOf(key.getValue()), entry.getValueExpression());
                }
            }
        }
        return Optional.of(new Call(call, String.valueOf(name.getValue()), all, named, block));
    }

    int line() {
        return node.getLineNumber();
    }

    /** Nothing but a block. */
    boolean onlyBlock() {
        return block != null && positional.isEmpty() && named.isEmpty();
    }

    static List<Statement> statements(ClosureExpression block) {
        return block.getCode() instanceof BlockStatement code ? code.getStatements() : List.of(block.getCode());
    }
}
