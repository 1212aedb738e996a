package io.jenkins.plugins.igny8.runner.build;

import groovy.lang.Closure;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.jenkins.Igny8BlockStep;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.Results;
import io.jenkins.plugins.igny8.operation.Settings;
import io.jenkins.plugins.igny8.runner.binding.Binder;
import io.jenkins.plugins.igny8.runner.binding.Described;
import io.jenkins.plugins.igny8.runner.binding.Signature;
import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.host.LocalHost;
import io.jenkins.plugins.igny8.runner.report.StepRecord;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;

/** Runs steps by name: binds what was given, runs the step, writes down what came out. */
public final class StepCaller {

    /** Longer arguments are scripts or lists, which the step itself shows. */
    private static final int SHOWN_CHARACTERS = 200;

    private final Build build;
    private final Symbols symbols;
    private final Binder binder;

    public StepCaller(Build build, Symbols symbols) {
        this.build = build;
        this.symbols = symbols;
        binder = new Binder(symbols);
    }

    public boolean knows(String name) {
        return symbols.steps().containsKey(name);
    }

    public boolean describes(String name) {
        return symbols.describables().containsKey(name);
    }

    /** What a call of a describable's symbol gives. */
    public Described describe(String name, Object[] raw) {
        return new Described(name, Given.of(name, raw).arguments());
    }

    /** Runs a step; what it returns is plain. */
    public Object call(String name, Object[] raw) {
        return call(name, raw, Lines.now());
    }

    /** As {@link #call(String, Object[])} from a certain line of the file. */
    public Object call(String name, Object[] raw, int line) {
        build.ending().ifPresent(Sneaky::<RuntimeException>rethrow);
        Class<?> type = symbols.steps().get(name);
        boolean silent = LocalStep.Silent.class.isAssignableFrom(type);
        StepRecord record = null;
        try {
            Given given = Given.of(name, raw);
            if (!silent) {
                Object arguments = Given.plain(byName(type, given.arguments()));
                record = build.record().step(build.context().stage(), name, arguments);
                if (!LocalStep.OwnLine.class.isAssignableFrom(type)) {
                    build.console().say("-- " + name + shown(given.arguments()));
                }
            }
            Object result = run(name, type, given);
            if (record != null) {
                record.succeed(given.block() == null ? Given.plain(result) : null);
            }
            return result;
        } catch (InterruptedException e) {
            throw failed(record, build.aborted());
        } catch (Aborted | StepFailed e) {
            throw failed(record, e);
        } catch (Exception e) {
            // What fails because it was interrupted has not failed.
            Optional<Aborted> ending = build.ending();
            if (ending.isPresent()) {
                throw failed(record, ending.get());
            }
            // An exception of a script inside a block is not this step's.
            boolean takesBlocks = takesBlock(type) || LocalStep.AnyNames.class.isAssignableFrom(type);
            boolean inside = takesBlocks && !(e instanceof Failure);
            throw Sneaky.<RuntimeException>rethrow(failed(record, inside ? e : new StepFailed(name, line, e)));
        }
    }

    /** As Jenkins records it: what was given without a name belongs to the one required parameter. */
    private static Map<String, Object> byName(Class<?> type, Map<String, Object> arguments) {
        boolean anonymous = arguments.containsKey(Described.ANONYMOUS);
        Optional<String> sole = anonymous ? Signature.of(type).sole() : Optional.empty();
        return sole.isPresent() ? Map.of(sole.get(), Objects.requireNonNullElse(arguments.get(Described.ANONYMOUS), "null")) : arguments;
    }

    private static <E extends Throwable> E failed(StepRecord record, E error) {
        if (record != null) {
            record.fail(error.getMessage() == null ? error.getClass().getSimpleName() : error.getMessage());
        }
        return error;
    }

    private Object run(String name, Class<?> type, Given given) throws Exception {
        boolean needsAgent = Igny8Step.class.isAssignableFrom(type) || LocalStep.OnAgent.class.isAssignableFrom(type);
        if (needsAgent && !build.context().agent()) {
            throw new NeedsAgent(name);
        }
        boolean takesBlock = takesBlock(type);
        if (takesBlock != (given.block() != null) && !LocalStep.AnyNames.class.isAssignableFrom(type)) {
            throw new Failure(takesBlock ? "needs a block: " + name + "(...) { ... }" : "takes no block.");
        }
        Map<String, ?> arguments = LocalStep.AnyNames.class.isAssignableFrom(type) ? Map.of("all", given.arguments()) : given.arguments();
        Object step = binder.bind(name, type, arguments);
        if (step instanceof Igny8BlockStep block) {
            Closure<?> closure = given.block();
            return new PluginBlock(name, block.around(Settings.documented()), host(block.getEngine()), build).run(context -> build.within(context, closure::call));
        }
        if (step instanceof Igny8Step igny8) {
            return Results.of(name, igny8.operation(Settings.documented()), host(igny8.getEngine()));
        }
        if (step instanceof LocalStep.WithBlock block) {
            Closure<?> closure = given.block();
            return block.run(build, context -> build.within(context, closure::call));
        }
        return ((LocalStep) step).run(build);
    }

    /** Whether a step of this class, one of the plugin's or of the runner's own, is around a block of others. */
    public static boolean takesBlock(Class<?> step) {
        return LocalStep.WithBlock.class.isAssignableFrom(step) || Igny8BlockStep.class.isAssignableFrom(step);
    }

    private LocalHost host(String engine) {
        if (engine == null) {
            return build.host();
        }
        String uri = build.setup().engines().get(engine);
        if (uri == null) {
            throw new Failure("there is no engine '" + engine + "' (named on the command line: "
                    + (build.setup().engines().isEmpty() ? "none" : String.join(", ", build.setup().engines().keySet()))
                    + "): add --engine " + engine + "=URI.");
        }
        return build.host().withEngine(uri);
    }

    private static String shown(Map<String, Object> arguments) {
        String text = arguments.entrySet().stream()
                .map(argument -> (argument.getKey().equals(Described.ANONYMOUS) ? "" : argument.getKey() + ": ") + inline(Given.plain(argument.getValue())))
                .collect(Collectors.joining(", ", " ", ""));
        return text.isBlank() ? "" : text.length() > SHOWN_CHARACTERS ? text.substring(0, SHOWN_CHARACTERS) + " ..." : text;
    }

    private static String inline(Object value) {
        return value instanceof String text ? "'" + text.strip().lines().collect(Collectors.joining("; ")) + "'" : String.valueOf(value);
    }
}
