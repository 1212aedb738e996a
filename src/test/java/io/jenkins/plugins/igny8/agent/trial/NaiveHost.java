package io.jenkins.plugins.igny8.agent.trial;

import hudson.EnvVars;
import hudson.FilePath;
import hudson.Launcher;
import io.jenkins.plugins.igny8.host.Answer;
import io.jenkins.plugins.igny8.host.Caller;
import io.jenkins.plugins.igny8.host.Command;
import io.jenkins.plugins.igny8.host.Event;
import io.jenkins.plugins.igny8.host.Folder;
import io.jenkins.plugins.igny8.host.Host;
import io.jenkins.plugins.igny8.host.Login;
import io.jenkins.plugins.igny8.host.Page;
import io.jenkins.plugins.igny8.host.PrivateFolder;
import io.jenkins.plugins.igny8.host.Stream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;

/** What one would write first: every command is a plain launch. Trials must find it wanting. */
final class NaiveHost implements Host {

    private final FilePath directory;
    private final Launcher launcher;
    private final EnvVars environment;

    NaiveHost(FilePath directory, Launcher launcher, EnvVars environment) {
        this.directory = directory;
        this.launcher = launcher;
        this.environment = environment;
    }

    @Override
    public Answer question(Command command) throws InterruptedException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        EnvVars all = new EnvVars(environment);
        all.putAll(command.environment());
        try {
            int code = launcher.launch().cmds(command.argv()).envs(all).pwd(directory).quiet(true).stdout(out).stderr(err).join();
            return new Answer(code, out.toString(StandardCharsets.UTF_8), err.toString(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public int change(String target, Command command, Consumer<String> lines) throws InterruptedException {
        Answer answer = question(command);
        (answer.out() + answer.err()).lines().forEach(lines);
        return answer.exitCode();
    }

    @Override
    public Stream stream(Command command, Consumer<String> lines) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Page get(URI url, Duration limit) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Folder workspace() {
        throw new UnsupportedOperationException();
    }

    @Override
    public PrivateFolder privateFolder() {
        throw new UnsupportedOperationException();
    }

    @Override
    public Map<String, String> environment() {
        return environment;
    }

    @Override
    public Login login(String credentialsId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public String secretFile(String credentialsId) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Object recall(String key) {
        return null;
    }

    @Override
    public void keep(String key, Object value) {
        throw new UnsupportedOperationException();
    }

    @Override
    public Caller caller() {
        throw new UnsupportedOperationException();
    }

    @Override
    public boolean isOver(String run) {
        return false;
    }

    @Override
    public void tell(Event event) {
        throw new UnsupportedOperationException();
    }
}
