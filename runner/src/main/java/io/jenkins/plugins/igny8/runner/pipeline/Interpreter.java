package io.jenkins.plugins.igny8.runner.pipeline;

import groovy.lang.Closure;
import io.jenkins.plugins.igny8.runner.build.Aborted;
import io.jenkins.plugins.igny8.runner.build.Branches;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.Context;
import io.jenkins.plugins.igny8.runner.build.Deadline;
import io.jenkins.plugins.igny8.runner.build.Sneaky;
import io.jenkins.plugins.igny8.runner.build.Stages;
import io.jenkins.plugins.igny8.runner.build.StepFailed;
import io.jenkins.plugins.igny8.runner.report.Result;
import io.jenkins.plugins.igny8.runner.report.StageRecord;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Runs a declarative pipeline: stages in order, what is skipped and why, post sections, and what all that makes of the results. */
public final class Interpreter {

    /** Jenkins shows the pipeline's own post section as a stage of this name. */
    private static final String POST_STAGE = "Declarative: Post Actions";

    private final Build build;
    private final Pipeline pipeline;
    private final List<Closure<?>> code;

    public Interpreter(Build build, Pipeline pipeline, List<Closure<?>> code) {
        this.build = build;
        this.pipeline = pipeline;
        this.code = code;
    }

    /** Runs it all; throws the first error, once everything that runs in spite of it has run. */
    public void run() {
        Context context = build.context().onAgent(pipeline.agent());
        Throwable error = build.within(context, () -> limited(pipeline.timeout(), this::stagesAndPost));
        if (error != null) {
            throw Sneaky.<RuntimeException>rethrow(error);
        }
    }

    private Throwable stagesAndPost() {
        Throwable error = null;
        Context inner = build.context();
        try {
            inner = inner.with(EnvironmentBlock.evaluate(build, pipeline.environment(), this::value));
            error = build.within(inner, () -> sequence(pipeline.stages(), null));
        } catch (Throwable e) {
            error = noted(e, error);
        }
        Throwable before = error;
        if (holding(pipeline.post(), before, null).isEmpty()) {
            return error;
        }
        return build.within(afterwards(inner), () -> {
            StageRecord stage = build.record().stage(POST_STAGE, null);
            try {
                return Stages.run(build, stage, () -> post(pipeline.post(), before, null));
            } finally {
                stage.end();
            }
        });
    }

    /** Runs stages one after another; gives the first error instead of throwing it, since later stages are skipped, not forgotten. */
    private Throwable sequence(List<Stage> stages, Throwable earlier) {
        Throwable error = earlier;
        for (Stage stage : stages) {
            if (error != null) {
                skip(stage, "skipped due to earlier failure(s)");
                continue;
            }
            try {
                run(stage);
            } catch (Throwable e) {
                error = noted(e, null);
            }
        }
        return error;
    }

    private void skip(Stage stage, String reason) {
        StageRecord record = build.record().stage(stage.name(), build.context().stage());
        build.console().headline("== " + stage.name() + " " + reason);
        skipped(stage, record, reason);
    }

    private void skipped(Stage stage, StageRecord record, String reason) {
        record.skip();
        build.within(build.context().inStage(record), () -> {
            stage.stages().forEach(each -> skip(each, reason));
            stage.parallel().forEach(each -> skip(each, reason));
            return null;
        });
    }

    private Object run(Stage stage) {
        StageRecord record = build.record().stage(stage.name(), build.context().stage());
        Context context = build.context().onAgent(build.context().agent() || stage.agent());
        return build.within(context, () -> Stages.run(build, record, () -> limited(stage.timeout(), () -> {
            if (stage.when() != null && !stage.when().holds(this::value, build.host().environment())) {
                build.console().say("skipped due to when conditional");
                skipped(stage, record, "skipped due to when conditional");
                return null;
            }
            Throwable error = null;
            Context inner = build.context();
            try {
                inner = inner.with(EnvironmentBlock.evaluate(build, stage.environment(), this::value));
                error = build.within(inner, () -> body(stage));
            } catch (Throwable e) {
                error = noted(e, error);
            }
            Throwable before = error;
            error = build.within(afterwards(inner), () -> post(stage.post(), before, record));
            if (error != null) {
                throw Sneaky.<RuntimeException>rethrow(error);
            }
            return null;
        })));
    }

    private Throwable body(Stage stage) {
        if (!stage.stages().isEmpty()) {
            return sequence(stage.stages(), null);
        }
        if (stage.parallel().isEmpty()) {
            value(stage.steps());
            return null;
        }
        Map<String, Supplier<Object>> branches = new LinkedHashMap<>();
        stage.parallel().forEach(each -> branches.put(each.name(), () -> {
            try {
                return run(each);
            } catch (Throwable e) {
                throw Sneaky.<RuntimeException>rethrow(noted(e, null));
            }
        }));
        Branches.run(build, branches, stage.failFast());
        return null;
    }

    /** Runs what holds of a post section; gives the first error. */
    private Throwable post(Post post, Throwable before, StageRecord stage) {
        Throwable error = before;
        for (Post.When condition : Post.When.values()) {
            if (!holding(post, error, stage).contains(condition)) {
                continue;
            }
            try {
                build.console().say("-- post: " + condition.word());
                value(post.blocks().get(condition));
            } catch (Throwable e) {
                build.console().say("Error when executing " + condition.word() + " post condition: " + StepFailed.describe(build.setup().file(), e));
                error = noted(e, error);
            }
        }
        return error;
    }

    private List<Post.When> holding(Post post, Throwable error, StageRecord stage) {
        Result own = error == null ? Result.SUCCESS : Aborted.resultOf(error);
        Result marked = stage == null ? Result.SUCCESS : stage.result();
        Result result = build.result().worse(own).worse(marked);
        Boolean failed = stage == null ? null : error != null || marked == Result.FAILURE;
        return post.blocks().keySet().stream().filter(condition -> condition.holds(result, failed)).toList();
    }

    private Throwable noted(Throwable error, Throwable earlier) {
        if (!(error instanceof Aborted aborted && aborted.isByOtherBranch())) {
            build.worsen(Aborted.resultOf(error));
        }
        return earlier == null ? error : earlier;
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
