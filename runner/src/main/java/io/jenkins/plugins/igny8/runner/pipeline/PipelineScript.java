package io.jenkins.plugins.igny8.runner.pipeline;

import groovy.lang.Closure;
import groovy.lang.MissingMethodException;
import groovy.lang.MissingPropertyException;
import groovy.lang.Script;
import io.jenkins.plugins.igny8.runner.build.Build;
import io.jenkins.plugins.igny8.runner.build.StepCaller;
import java.util.List;
import java.util.Map;

/** What a compiled Jenkinsfile extends: it finds steps, {@code env}, {@code params} and {@code currentBuild}. */
public abstract class PipelineScript extends Script {

    /** The method that the block {@code pipeline} is compiled to. */
    public static final String RUN_PIPELINE = "runDeclarativePipeline";

    /** The method that one variable of a section {@code environment} finds another one by. */
    public static final String ENVIRONMENT_VALUE = "environmentValue";

    /** The method by which it finds what was there before the section. */
    public static final String OUTER_VALUE = "outerValue";

    private Build build;
    private StepCaller steps;
    private Pipeline pipeline;
    private List<Closure<?>> blocks;

    /** To be called before {@link #run}; {@code declarative} is null for a scripted pipeline. */
    public void prepare(Build of, StepCaller with, Pipeline declarative) {
        build = of;
        steps = with;
        pipeline = declarative;
    }

    /** Called by the compiled file in the place of its block {@code pipeline}. */
    public Object runDeclarativePipeline(List<Closure<?>> code) {
        blocks = code;
        new Interpreter(build, pipeline, code, steps).run();
        return null;
    }

    /** As Declarative does it, the value of the other variable is made anew each time that it is asked for. */
    public Object environmentValue(int block) {
        return blocks.get(block).call();
    }

    /** Null where there is nothing of this name. */
    public Object outerValue(String name) {
        try {
            return getProperty(name);
        } catch (MissingPropertyException e) {
            return build.parameters().get(name);
        }
    }

    @Override
    public Object getProperty(String name) {
        switch (name) {
            case "env":
                return new EnvVariable(build);
            case "params":
                return build.parameters();
            case "currentBuild":
                return new CurrentBuild(build);
            default:
                Map<String, String> variables = build.variables();
                return !getBinding().hasVariable(name) && variables.containsKey(name) ? variables.get(name) : super.getProperty(name);
        }
    }

    @Override
    public Object invokeMethod(String name, Object arguments) {
        Object[] raw = arguments instanceof Object[] all ? all : new Object[] {arguments};
        if (steps.knows(name)) {
            return steps.call(name, raw);
        }
        if (steps.describes(name)) {
            return steps.describe(name, raw);
        }
        if (name.equals("credentials") && raw.length == 1) {
            return new CredentialsReference(String.valueOf(raw[0]));
        }
        if (getBinding().hasVariable(name) && getBinding().getVariable(name) instanceof Closure<?> closure) {
            return closure.call(raw);
        }
        throw new MissingMethodException(name, getClass(), raw);
    }

    @Override
    public void println() {
        build.console().say("");
    }

    @Override
    public void println(Object value) {
        build.console().say(String.valueOf(value));
    }

    @Override
    public void print(Object value) {
        build.console().say(String.valueOf(value));
    }

    @Override
    public void printf(String format, Object value) {
        build.console().say(String.format(format, value));
    }

    @Override
    public void printf(String format, Object[] values) {
        build.console().say(String.format(format, values));
    }
}
