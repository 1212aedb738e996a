package io.jenkins.plugins.igny8.comparison;

import hudson.model.Action;
import hudson.model.Describable;
import hudson.model.ParameterDefinition;
import hudson.model.ParameterValue;
import hudson.model.ParametersAction;
import hudson.model.ParametersDefinitionProperty;
import hudson.model.Result;
import hudson.model.SimpleParameterDefinition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import jenkins.model.Jenkins;
import org.jenkinsci.plugins.pipeline.StageStatus;
import org.jenkinsci.plugins.structs.SymbolLookup;
import org.jenkinsci.plugins.structs.describable.DescribableModel;
import org.jenkinsci.plugins.structs.describable.UninstantiatedDescribable;
import org.jenkinsci.plugins.workflow.actions.ArgumentsAction;
import org.jenkinsci.plugins.workflow.actions.ErrorAction;
import org.jenkinsci.plugins.workflow.actions.TagsAction;
import org.jenkinsci.plugins.workflow.actions.WarningAction;
import org.jenkinsci.plugins.workflow.cps.CpsFlowDefinition;
import org.jenkinsci.plugins.workflow.cps.nodes.StepAtomNode;
import org.jenkinsci.plugins.workflow.cps.nodes.StepStartNode;
import org.jenkinsci.plugins.workflow.graph.BlockStartNode;
import org.jenkinsci.plugins.workflow.graph.FlowNode;
import org.jenkinsci.plugins.workflow.graph.StepNode;
import org.jenkinsci.plugins.workflow.graphanalysis.DepthFirstScanner;
import org.jenkinsci.plugins.workflow.job.WorkflowJob;
import org.jenkinsci.plugins.workflow.job.WorkflowRun;
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException;
import org.jvnet.hudson.test.JenkinsRule;

/** Runs a Jenkinsfile as a job of a real controller, in the sandbox, and reads the build's flow graph. */
final class JenkinsAccount {

    /** The runner does not count what only arranges others; {@code getContext} is what Declarative itself asks. */
    private static final Set<String> ARRANGING = Set.of("node", "script", "parallel", "getContext");

    private static final long LONGEST_MINUTES = 10;

    private final WorkflowRun build;
    private final List<FlowNode> nodes = new ArrayList<>();
    private final Account account = new Account();
    private final Map<FlowNode, Account.Stage> stages = new HashMap<>();
    private final OwnBlocks ownBlocks;

    private JenkinsAccount(WorkflowRun build) {
        this.build = build;
        ownBlocks = OwnBlocks.of(build, account.run.name);
    }

    /**
     * Runs it.
     *
     * @param job new, or made with the parameters that the file declares
     */
    static Account of(Case given, WorkflowJob job) throws Exception {
        job.setDefinition(new CpsFlowDefinition(given.jenkinsfile(), true));
        if (job.getProperty(ParametersDefinitionProperty.class) == null) {
            WorkflowRun build = run(job);
            if (job.getProperty(ParametersDefinitionProperty.class) == null) {
                return new JenkinsAccount(build).read();
            }
            // A job learns its parameters from its first build; from then on they can be given, and are variables too.
        }
        ParametersDefinitionProperty declared = job.getProperty(ParametersDefinitionProperty.class);
        return new JenkinsAccount(run(job, new ParametersAction(values(declared, given.parameters())))).read();
    }

    private static WorkflowRun run(WorkflowJob job, Action... actions) throws Exception {
        return job.scheduleBuild2(0, actions).get(LONGEST_MINUTES, TimeUnit.MINUTES);
    }

    private static List<ParameterValue> values(ParametersDefinitionProperty declared, Map<String, String> given) throws Exception {
        List<ParameterValue> values = new ArrayList<>();
        for (ParameterDefinition each : declared.getParameterDefinitions()) {
            String text = given.get(each.getName());
            values.add(text == null ? each.getDefaultParameterValue() : ((SimpleParameterDefinition) each).createValue(text));
        }
        return values;
    }

    private Account read() throws Exception {
        account.workspace = Jenkins.get().getWorkspaceFor(build.getParent()).getRemote();
        account.log = JenkinsRule.getLog(build);
        account.run.result = build.getResult().toString();
        if (build.getExecution() != null) {
            new DepthFirstScanner().allNodes(build.getExecution()).forEach(nodes::add);
            nodes.sort(Comparator.comparingInt(node -> Integer.parseInt(node.getId())));
            nodes.forEach(this::read);
        }
        if (stages.isEmpty()) {
            refusedLines(account.log);
        }
        return account;
    }

    private void read(FlowNode node) {
        boolean starts = node instanceof StepAtomNode || node instanceof StepStartNode block && !block.isBody();
        if (!starts || ((StepNode) node).getDescriptor() == null) {
            return;
        }
        String function = ((StepNode) node).getDescriptor().getFunctionName();
        Map<String, Object> arguments = ArgumentsAction.getArguments(node);
        Account.Stage around = around(node);
        if (function.equals("stage")) {
            Account.Stage stage = new Account.Stage(String.valueOf(arguments.get("name")));
            stage.result = result((BlockStartNode) node);
            stages.put(node, stage);
            around.stages.add(stage);
        } else if (function.equals("step") && arguments.get("delegate") instanceof UninstantiatedDescribable meant) {
            // The step "step" runs what is no pipeline step by itself; a Jenkinsfile names only the latter.
            around.steps.add(new Account.Step(meant.getSymbol(), plain(named(meant)), error(node)));
        } else if (!ARRANGING.contains(function) && !ownBlocks.isNext(around.name, function)) {
            around.steps.add(new Account.Step(function, plain(arguments), error(node)));
        }
    }

    private Account.Stage around(FlowNode node) {
        for (BlockStartNode block : node.iterateEnclosingBlocks()) {
            if (stages.containsKey(block)) {
                return stages.get(block);
            }
        }
        return account.run;
    }

    /** As the stage views of Jenkins say it: an error that leaves the stage, else the worst warning inside. */
    private String result(BlockStartNode stage) {
        FlowNode end = stage.getEndNode();
        if (isSkipped(stage)) {
            return "NOT_BUILT";
        }
        ErrorAction error = end.getError();
        if (error != null) {
            return error.getError() instanceof FlowInterruptedException interrupted ? interrupted.getResult().toString() : "FAILURE";
        }
        DepthFirstScanner scanner = new DepthFirstScanner();
        scanner.setup(end, List.of(stage));
        return StreamSupport.stream(scanner.spliterator(), false)
                .map(node -> node.getPersistentAction(WarningAction.class))
                .filter(Objects::nonNull)
                .map(WarningAction::getResult)
                .reduce((one, other) -> one.combine(other))
                .orElse(Result.SUCCESS)
                .toString();
    }

    /** Declarative writes it on the block inside the step. */
    private boolean isSkipped(BlockStartNode stage) {
        return nodes.stream()
                .filter(node -> node instanceof StepStartNode body && body.isBody() && body.getParents().contains(stage))
                .map(body -> body.getAction(TagsAction.class))
                .filter(Objects::nonNull)
                .anyMatch(tags -> String.valueOf(tags.getTagValue(StageStatus.TAG_NAME)).startsWith("SKIPPED"));
    }

    /** What the step itself said; a step that was stopped says nothing. */
    private static String error(FlowNode step) {
        FlowNode last = step instanceof BlockStartNode block ? block.getEndNode() : step;
        if (last == null || last.getError() == null) {
            return null;
        }
        Throwable error = last.getError().getError();
        return error instanceof FlowInterruptedException ? Normal.STOPPED : error.getMessage();
    }

    /** What was given without a name is for the one parameter that is required: so structs binds it. */
    private static Map<String, ?> named(UninstantiatedDescribable meant) {
        Object sole = meant.getArguments().get(UninstantiatedDescribable.ANONYMOUS_KEY);
        if (sole == null) {
            return meant.getArguments();
        }
        Class<?> type = SymbolLookup.get().findDescriptor(Describable.class, meant.getSymbol()).clazz;
        return Map.of(DescribableModel.of(type).getSoleRequiredParameter().getName(), sole);
    }

    private static Map<String, Object> plain(Map<String, ?> arguments) {
        Map<String, Object> plain = new LinkedHashMap<>();
        arguments.forEach((name, value) -> plain.put(name, plain(value)));
        return plain;
    }

    private static Object plain(Object value) {
        if (value instanceof UninstantiatedDescribable nested) {
            Map<String, Object> plain = plain(nested.getArguments());
            plain.put("$symbol", nested.getSymbol());
            return plain;
        }
        if (value instanceof Map<?, ?> map) {
            Map<String, Object> plain = new LinkedHashMap<>();
            map.forEach((name, each) -> plain.put(String.valueOf(name), plain(each)));
            return plain;
        }
        if (value instanceof Collection<?> list) {
            return list.stream().map(JenkinsAccount::plain).collect(Collectors.toList());
        }
        return value == null || value instanceof Number || value instanceof Boolean ? value : value.toString();
    }

    /** {@code WorkflowScript: 7: Invalid parameter ...}, as the compiler says it. */
    private void refusedLines(String log) {
        TreeSet<Integer> lines = new TreeSet<>();
        Matcher matcher = Pattern.compile("(?m)^WorkflowScript: (\\d+): ").matcher(log);
        while (matcher.find()) {
            lines.add(Integer.valueOf(matcher.group(1)));
        }
        lines.forEach(line -> account.refused.add("line " + line));
    }
}
