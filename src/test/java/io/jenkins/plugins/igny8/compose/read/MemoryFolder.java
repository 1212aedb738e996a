package io.jenkins.plugins.igny8.compose.read;

import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.host.Folder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Files that lie in a map, below {@code /workspace}. */
public final class MemoryFolder implements Folder {

    private final Map<String, String> files = new TreeMap<>();

    public MemoryFolder with(String name, String text) {
        files.put(name, text);
        return this;
    }

    @Override
    public String path() {
        return "/workspace";
    }

    @Override
    public String path(String name) {
        return Paths.resolved(path(), name);
    }

    @Override
    public boolean exists(String name) {
        if (name.startsWith("..") || name.startsWith("/")) {
            throw new Failure("The path '" + name + "' leaves the workspace.");
        }
        return files.keySet().stream().anyMatch(file -> Paths.isWithin(file, name));
    }

    @Override
    public String read(String name) {
        return files.get(name);
    }

    @Override
    public void write(String name, String text) {
        files.put(name, text);
    }

    @Override
    public List<String> files(String name) {
        return List.copyOf(files.keySet());
    }

    @Override
    public long size(String name) {
        return files.containsKey(name) ? files.get(name).getBytes(StandardCharsets.UTF_8).length : -1;
    }

    @Override
    public void move(String name, String newName) {
        files.put(newName, files.remove(name));
    }

    @Override
    public void delete(String name) {
        files.remove(name);
    }
}
