package io.jenkins.plugins.igny8.runner.language;

import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.language.FileReader.Blocks;
import io.jenkins.plugins.igny8.runner.parameters.ParameterDefinition;
import io.jenkins.plugins.igny8.runner.pipeline.Condition;
import io.jenkins.plugins.igny8.runner.pipeline.Pipeline;
import io.jenkins.plugins.igny8.runner.pipeline.Pipeline.Variable;
import io.jenkins.plugins.igny8.runner.pipeline.Post;
import io.jenkins.plugins.igny8.runner.pipeline.Stage;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.codehaus.groovy.ast.expr.ClosureExpression;
import org.codehaus.groovy.ast.expr.ConstantExpression;
import org.codehaus.groovy.ast.expr.VariableExpression;
import org.codehaus.groovy.ast.stmt.Statement;

/** Reads the block {@code pipeline}. */
final class PipelineReader {

    private final Problems problems;
    private final Blocks blocks;
    private final StepsReader steps;
    private final SettingsReader settings;
    private final WhenReader conditions;
    private final Set<String> stageNames = new HashSet<>();

    PipelineReader(Problems problems, Symbols symbols, Blocks blocks, CodeCheck code) {
        this.problems = problems;
        this.blocks = blocks;
        steps = new StepsReader(problems, symbols, code);
        settings = new SettingsReader(problems, symbols, blocks, code);
        conditions = new WhenReader(problems, blocks, code);
    }

    /** What sections have said so far: they come in any order. */
    private static final class Found {
        private boolean agent;
        private boolean failFast;
        private int steps = -1;
        private Duration timeout;
        private Condition when;
        private Post post = Post.NONE;
        private List<Variable> environment = List.of();
        private List<ParameterDefinition> parameters = List.of();
        private List<Stage> stages = List.of();
        private List<Stage> parallel = List.of();
    }

    Pipeline read(ClosureExpression block) {
        Found found = new Found();
        Set<String> seen = common(new Sections(problems, "pipeline"), "pipeline", found)
                .with("parameters", call -> ifBlock(call, inner -> found.parameters = settings.parameters(inner)))
                .with("stages", call -> ifBlock(call, inner -> found.stages = stages(inner, "stages", false)))
                .read(block);
        for (String required : List.of("agent", "stages")) {
            if (!seen.contains(required)) {
                problems.add(block, "pipeline needs the section '" + required + "'.");
            }
        }
        return new Pipeline(found.agent, found.environment, found.timeout, found.parameters, found.stages, found.post);
    }

    private Sections common(Sections sections, String where, Found found) {
        return sections.with("agent", call -> found.agent = agent(call))
                .with("environment", call -> ifBlock(call, inner -> found.environment = settings.environment(inner)))
                .with("options", call -> ifBlock(call, inner -> found.timeout = settings.options(inner)))
                .with("post", call -> ifBlock(call, inner -> found.post = post(inner, where)));
    }

    private void ifBlock(Call call, Consumer<ClosureExpression> reader) {
        if (call.onlyBlock()) {
            reader.accept(call.block());
        } else {
            problems.add(call.node(), "write " + call.name() + " { ... }");
        }
    }

    private boolean agent(Call call) {
        if (call.positional().size() == 1 && call.block() == null && call.positional().get(0) instanceof VariableExpression kind) {
            if (kind.getName().equals("any") || kind.getName().equals("none")) {
                return kind.getName().equals("any");
            }
        }
        problems.add(call.node(), "this runner knows 'agent any' and 'agent none': everything runs on this machine.");
        return false;
    }

    private List<Stage> stages(ClosureExpression block, String where, boolean inParallel) {
        List<Stage> stages = new ArrayList<>();
        for (Statement statement : Call.statements(block)) {
            Call call = Call.of(statement).orElse(null);
            if (call == null || !call.name().equals("stage")) {
                problems.add(statement, "only stages stand in " + where + (call == null ? ", each on a line of its own" : ", not '" + call.name() + "'") + ": stage('name') { ... }");
            } else if (call.block() == null
                    || call.positional().size() != 1
                    || !call.named().isEmpty()
                    || !(call.positional().get(0) instanceof ConstantExpression name)
                    || !(name.getValue() instanceof String text)) {
                problems.add(call.node(), "a stage has a text as its name and a block: stage('name') { ... }");
            } else {
                if (!stageNames.add(text)) {
                    problems.add(call.node(), "there is another stage '" + text + "' in this pipeline.");
                }
                stages.add(stage(text, call, inParallel));
            }
        }
        if (stages.isEmpty()) {
            problems.add(block, where + " has no stage.");
        }
        return stages;
    }

    private Stage stage(String name, Call call, boolean inParallel) {
        Found found = new Found();
        String where = "stage '" + name + "'";
        Set<String> seen = common(new Sections(problems, where), where, found)
                .with("when", section -> ifBlock(section, inner -> found.when = conditions.all(inner)))
                .with("failFast", section -> found.failFast = settings.flag(section))
                .with("steps", section -> ifBlock(section, inner -> {
                    steps.check(inner, "steps");
                    found.steps = blocks.add(inner);
                }))
                .with("stages", section -> ifBlock(section, inner -> found.stages = stages(inner, "stages", inParallel)))
                .with("parallel", section -> ifBlock(section, inner -> {
                    if (inParallel) {
                        problems.add(section.node(), "parallel stages do not stand in parallel stages.");
                    }
                    found.parallel = stages(inner, "parallel", true);
                }))
                .read(call.block());
        if (List.of("steps", "stages", "parallel").stream().filter(seen::contains).count() != 1) {
            problems.add(call.node(), where + " needs exactly one of steps, stages and parallel.");
        }
        if (found.failFast && found.parallel.isEmpty()) {
            problems.add(call.node(), "failFast is for a stage with parallel.");
        }
        if (found.agent && !found.parallel.isEmpty()) {
            problems.add(call.node(), where + " has parallel stages, so it has no agent: its stages may have one.");
        }
        return new Stage(
                name, found.agent, found.environment, found.timeout, found.when, found.steps, found.stages, found.parallel, found.failFast, found.post);
    }

    private Post post(ClosureExpression block, String where) {
        Map<Post.When, Integer> found = new EnumMap<>(Post.When.class);
        Sections sections = new Sections(problems, "post of " + where);
        for (Post.When condition : Post.When.values()) {
            sections.with(condition.word(), call -> ifBlock(call, inner -> {
                steps.check(inner, condition.word());
                found.put(condition, blocks.add(inner));
            }));
        }
        sections.read(block);
        if (found.isEmpty()) {
            problems.add(block, "post of " + where + " has no condition.");
        }
        return new Post(found);
    }
}
