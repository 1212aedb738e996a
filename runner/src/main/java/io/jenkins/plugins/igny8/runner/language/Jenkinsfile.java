package io.jenkins.plugins.igny8.runner.language;

import groovy.lang.GroovyClassLoader;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.runner.binding.Symbols;
import io.jenkins.plugins.igny8.runner.build.Lines;
import io.jenkins.plugins.igny8.runner.pipeline.NonCPS;
import io.jenkins.plugins.igny8.runner.pipeline.Pipeline;
import io.jenkins.plugins.igny8.runner.pipeline.PipelineScript;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.codehaus.groovy.ast.ModuleNode;
import org.codehaus.groovy.control.CompilationFailedException;
import org.codehaus.groovy.control.CompilationUnit;
import org.codehaus.groovy.control.CompilerConfiguration;
import org.codehaus.groovy.control.MultipleCompilationErrorsException;
import org.codehaus.groovy.control.Phases;
import org.codehaus.groovy.control.customizers.ImportCustomizer;
import org.codehaus.groovy.control.messages.SyntaxErrorMessage;
import org.codehaus.groovy.tools.GroovyClass;

/**
 * A Jenkinsfile, read and checked by Groovy's own parser and compiler. The block {@code pipeline} is read into a
 * {@link Pipeline}; the pieces of code in it become closures of the compiled script, so that they see its variables and functions.
 */
public final class Jenkinsfile {

    private final Pipeline pipeline;
    private final Class<? extends PipelineScript> script;

    private final List<String> notes;

    private Jenkinsfile(Pipeline pipeline, Class<? extends PipelineScript> script, List<String> notes) {
        this.notes = notes;
        this.pipeline = pipeline;
        this.script = script;
    }

    /**
     * Reads, checks and compiles a file; nothing of it is executed.
     *
     * @param name what messages call it
     * @throws Failure with everything that is wrong with it, by line
     */
    public static Jenkinsfile read(Path file, String name, Symbols symbols) {
        String text;
        try {
            text = Files.readString(file);
        } catch (IOException e) {
            throw new Failure("Cannot read the Jenkinsfile " + name + ": it does not exist or is no text.");
        }
        CompilerConfiguration configuration = new CompilerConfiguration();
        configuration.setScriptBaseClass(PipelineScript.class.getName());
        // Without continuations every function is what this says; Jenkins imports it unasked as well.
        configuration.addCompilationCustomizers(new ImportCustomizer().addImports(NonCPS.class.getName()));
        configuration.setSourceEncoding(StandardCharsets.UTF_8.name());
        GroovyClassLoader loader = new GroovyClassLoader(Jenkinsfile.class.getClassLoader(), configuration);
        CompilationUnit unit = new CompilationUnit(configuration, null, loader);
        unit.addSource(Lines.SOURCE, text);
        Problems problems = new Problems(name);
        try {
            unit.compile(Phases.CONVERSION);
            ModuleNode module = (ModuleNode) unit.getAST().getModules().get(0);
            Optional<Pipeline> pipeline = new FileReader(problems, symbols).read(module);
            problems.failIfAny();
            unit.compile(Phases.CLASS_GENERATION);
            return new Jenkinsfile(pipeline.orElse(null), define(unit, loader), problems.notes());
        } catch (MultipleCompilationErrorsException e) {
            for (Object message : e.getErrorCollector().getErrors()) {
                if (message instanceof SyntaxErrorMessage syntax) {
                    problems.add(syntax.getCause().getStartLine(), firstLine(syntax.getCause().getOriginalMessage()));
                }
            }
            problems.failIfAny();
            throw new Failure(name + ": " + firstLine(e.getMessage()));
        } catch (CompilationFailedException e) {
            throw new Failure(name + ": " + firstLine(e.getMessage()));
        }
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse("");
    }

    @SuppressWarnings("unchecked")
    private static Class<? extends PipelineScript> define(CompilationUnit unit, GroovyClassLoader loader) {
        for (GroovyClass each : (List<GroovyClass>) unit.getClasses()) {
            loader.defineClass(each.getName(), each.getBytes());
        }
        try {
            return loader.loadClass(Lines.SOURCE).asSubclass(PipelineScript.class);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the compiler made no script", e);
        }
    }

    /** Empty for a scripted pipeline. */
    public Optional<Pipeline> pipeline() {
        return Optional.ofNullable(pipeline);
    }

    /** What a reader should know but need not change. */
    public List<String> notes() {
        return notes;
    }

    /** A new script to run. */
    public PipelineScript script() {
        try {
            return script.getDeclaredConstructor().newInstance();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("cannot make the script", e);
        }
    }
}
