package io.jenkins.plugins.igny8.runner.pipeline;

import groovy.lang.Closure;
import io.jenkins.plugins.igny8.runner.build.Aborted;
import io.jenkins.plugins.igny8.runner.build.Branches;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.Context;
import io.jenkins.plugins.igny8.runner.build.Deadline;
import io.jenkins.plugins.igny8.runner.build.NeedsAgent;
import io.jenkins.plugins.igny8.runner.build.Sneaky;
import io.jenkins.plugins.igny8.runner.build.Stages;
import io.jenkins.plugins.igny8.runner.build.StepCaller;
import io.jenkins.plugins.igny8.runner.build.StepFailed;
import io.jenkins.plugins.igny8.runner.report.Result;
import io.jenkins.plugins.igny8.runner.report.StageRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * Runs a declarative pipeline: stages in order, what is skipped and why, post sections, and what all that makes of the results.
 * What encloses what (agent, environment, time limit, conditions, post) is the order of Declarative's own interpreter.
 */
public final class Interpreter {

    /** Jenkins shows the pipeline's own post section as a stage of this name. */
    private static final String POST_STAGE = "Declarative: Post Actions";

    private final Build build;
    private final Pipeline pipeline;
    private final List<Closure<?>> code;
    private final StepCaller steps;
    private boolean postReached;

    Interpreter(Build build, Pipeline pipeline, List<Closure<?>> code, StepCaller steps) {
        this.build = build;
        this.pipeline = pipeline;
        this.code = code;
        this.steps = steps;
    }

    /** Runs it all; throws the first error, once everything that runs in spite of it has run. */
    public void run() {
        Throwable error;
        try {
            error = build.within(build.context().onAgent(pipeline.agent()), this::inEnvironment);
        } catch (Throwable e) {
            error = e;
        }
        if (!postReached) {
            // What failed stands around the stages, so that neither agent nor environment are there.
            error = postOfPipeline(error);
        }
        if (error != null) {
            throw Sneaky.<RuntimeException>rethrow(error);
        }
    }

    private Throwable inEnvironment() {
        Map<String, String> environment = EnvironmentBlock.evaluate(build, pipeline.environment(), this::value);
        return build.within(build.context().with(environment), () -> limited(pipeline.timeout(), () -> {
            Throwable error = sequence(pipeline.stages());
            postReached = true;
            return build.within(afterwards(build.context()), () -> postOfPipeline(error));
        }));
    }

    private Throwable postOfPipeline(Throwable before) {
        if (noneHolds(pipeline.post(), before)) {
            return before;
        }
        StageRecord stage = build.record().stage(POST_STAGE, null);
        Throwable error = Stages.run(build, stage, () -> post(pipeline.post(), before, null));
        if (error != null && !build.context().agent()) {
            // Jenkins shows the error that ends a run at what ran last: without an agent around it that is this stage.
            stage.fail(Aborted.resultOf(error), StepFailed.describe(build.setup().file(), error));
        }
        return error;
    }

    /** Runs stages one after another; gives the first error instead of throwing it, since later stages are skipped, not forgotten. */
    private Throwable sequence(List<Stage> stages) {
        Throwable error = null;
        for (Stage stage : stages) {
            StageRecord record = build.record().stage(stage.name(), build.context().stage());
            if (error != null) {
                skip(stage, record, "skipped due to earlier failure(s)");
                continue;
            }
            try {
                run(stage, record);
            } catch (Throwable e) {
                error = e;
            }
        }
        return error;
    }

    private void skip(Stage stage, StageRecord record, String reason) {
        build.console().headline("== " + stage.name() + " " + reason);
        skipped(stage, record, reason);
    }

    private void skipped(Stage stage, StageRecord record, String reason) {
        record.skip();
        stage.stages().forEach(each -> skip(each, build.record().stage(each.name(), record), reason));
        stage.parallel().forEach(each -> skip(each, build.record().stage(each.name(), record), reason));
    }

    private Object run(Stage stage, StageRecord record) {
        return Stages.run(build, record, () -> {
            Throwable error = null;
            try {
                if (!limited(stage.timeout(), () -> unlessSkipped(stage, record))) {
                    return null;
                }
            } catch (Throwable e) {
                error = e;
            }
            if (!stage.parallel().isEmpty()) {
                // Theirs runs behind their stage's environment and time limit, unlike that of other stages.
                error = post(stage.post(), error, record);
            }
            if (error != null) {
                throw Sneaky.<RuntimeException>rethrow(error);
            }
            return null;
        });
    }

    /** Gives false for a stage whose conditions do not hold. An error in them, or in its environment, leaves out its post section. */
    private boolean unlessSkipped(Stage stage, StageRecord record) {
        Context context = build.context().onAgent(build.context().agent() || stage.agent());
        return build.within(context, () -> {
            if (stage.when() != null && !stage.when().holds(this::value, build.host().environment())) {
                build.console().say("skipped due to when conditional");
                skipped(stage, record, "skipped due to when conditional");
                return false;
            }
            Context inner = context.with(EnvironmentBlock.evaluate(build, stage.environment(), this::value));
            Throwable error = build.within(inner, () -> body(stage));
            if (stage.parallel().isEmpty()) {
                Throwable before = error;
                error = build.within(afterwards(inner), () -> post(stage.post(), before, record));
            }
            if (error != null) {
                throw Sneaky.<RuntimeException>rethrow(error);
            }
            return true;
        });
    }

    private Throwable body(Stage stage) {
        try {
            if (!stage.stages().isEmpty()) {
                return sequence(stage.stages());
            }
            if (stage.parallel().isEmpty()) {
                steps(stage.steps(), false);
            } else {
                parallel(stage);
            }
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    private void parallel(Stage stage) {
        Map<String, Supplier<Object>> branches = new LinkedHashMap<>();
        for (Stage each : stage.parallel()) {
            // Here and not by the branch itself: the list of stages is in the order of the file.
            StageRecord record = build.record().stage(each.name(), build.context().stage());
            branches.put(each.name(), () -> run(each, record));
        }
        Branches.run(build, branches, stage.failFast());
    }

    /** Runs what holds of a post section; gives the first error. */
    private Throwable post(Post post, Throwable before, StageRecord stage) {
        if (noneHolds(post, before)) {
            return before;
        }
        Throwable error = before;
        for (Post.When condition : Post.When.values()) {
            Integer block = post.blocks().get(condition);
            Result result = comesTo(error, stage);
            if (block == null || !condition.holds(result)) {
                continue;
            }
            Result set = build.setResult();
            build.setResult(result);
            try {
                build.console().say("-- post: " + condition.word());
                steps(block, stage == null && pipeline.agent());
            } catch (Throwable e) {
                build.console().say("Error when executing " + condition.word() + " post condition: " + StepFailed.describe(build.setup().file(), e));
                error = error == null ? e : error;
            } finally {
                // For the block the build has come to this; what the block itself has not changed is as it was.
                if (build.setResult() == result) {
                    build.setResult(set);
                }
            }
        }
        return error;
    }

    /** Asked first, as in Jenkins without what the stage was marked as: where only that makes a condition true, post does not run. */
    private boolean noneHolds(Post post, Throwable error) {
        return post.blocks().keySet().stream().noneMatch(condition -> condition.holds(comesTo(error, null)));
    }

    /** What the build is, as far as this stage can tell; an error counts, not what the stage was marked as before it. */
    private Result comesTo(Throwable error, StageRecord stage) {
        Result own = error != null ? Aborted.resultOf(error) : stage != null ? stage.result() : Result.SUCCESS;
        return build.result().worse(own);
    }

    /** @param agentExpected whether there is an agent, and only not where this runs */
    private void steps(int block, boolean agentExpected) {
        try {
            value(block);
        } catch (StepFailed e) {
            if (agentExpected || !(e.getCause() instanceof NeedsAgent)) {
                throw e;
            }
            steps.call("error", new Object[] {NeedsAgent.WITH_AGENT_NONE}, e.line());
        }
    }

    private Object value(int block) {
        return code.get(block).call();
    }

    private <T> T limited(Duration limit, Supplier<T> part) {
        if (limit == null) {
            return part.get();
        }
        Context context = build.context();
        try (Deadline deadline = new Deadline(limit, context.deadline())) {
            return build.within(context.until(deadline), part);
        }
    }

    /** What runs after a time limit has passed is not held to it. */
    private static Context afterwards(Context context) {
        return context.deadline() != null && context.deadline().hasPassed() ? context.until(null) : context;
    }
}
