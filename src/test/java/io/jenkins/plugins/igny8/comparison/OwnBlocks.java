package io.jenkins.plugins.igny8.comparison;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jenkinsci.plugins.pipeline.modeldefinition.actions.ExecutionModelAction;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTEnvironment;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTInternalFunctionCall;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTOptions;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTPipelineDef;
import org.jenkinsci.plugins.pipeline.modeldefinition.ast.ModelASTStage;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;

/**
 * Block steps that Declarative itself puts around a stage or the whole run for its sections {@code options} and
 * {@code environment}: the file does not call them. They come before all that it does call there.
 */
final class OwnBlocks {

    private final Map<String, List<String>> byStage = new HashMap<>();

    private OwnBlocks() {}

    static OwnBlocks of(WorkflowRun build, String nameOfRun) {
        OwnBlocks found = new OwnBlocks();
        ExecutionModelAction model = build.getAction(ExecutionModelAction.class);
        if (model != null && model.getPipelineDefs().size() == 1) {
            ModelASTPipelineDef pipeline = model.getPipelineDefs().get(0);
            found.add(nameOfRun, pipeline.getOptions(), pipeline.getEnvironment());
            pipeline.getStages().getStages().forEach(found::add);
        }
        return found;
    }

    private void add(ModelASTStage stage) {
        add(stage.getName(), stage.getOptions(), stage.getEnvironment());
        if (stage.getStages() != null) {
            stage.getStages().getStages().forEach(this::add);
        }
        if (stage.getParallel() != null) {
            stage.getParallel().getStages().forEach(this::add);
        }
    }

    private void add(String name, ModelASTOptions options, ModelASTEnvironment environment) {
        List<String> blocks = new ArrayList<>();
        if (options != null) {
            options.getOptions().forEach(option -> blocks.add(option.getName()));
        }
        if (environment != null) {
            long secrets = environment.getVariables().values().stream().filter(OwnBlocks::isSecret).count();
            if (secrets > 0) {
                blocks.add("withCredentials");
            }
            if (secrets < environment.getVariables().size()) {
                blocks.add("withEnv");
            }
        }
        byStage.put(name, blocks);
    }

    private static boolean isSecret(Object value) {
        return value instanceof ModelASTInternalFunctionCall call && call.getName().equals("credentials");
    }

    /** Whether the next block of this name in this stage is Declarative's own; asked for each block once, in their order. */
    boolean isNext(String stage, String function) {
        return byStage.containsKey(stage) && byStage.get(stage).remove(function);
    }
}
