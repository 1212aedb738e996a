package io.jenkins.plugins.igny8.runner.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** A process of the runner, named so that another one on the same machine can tell for certain that it has ended. */
final class RunnerProcess {

    private static final Path PROC = Path.of("/proc");

    /** Of the numbers in a process' stat file behind its name, the first is its state, and this its start in clock ticks since boot. */
    private static final int START = 19;

    private RunnerProcess() {}

    /** This one; empty where the system does not tell what is needed. */
    static String self() {
        try {
            return place() + " " + ProcessHandle.current().pid() + " " + stat(ProcessHandle.current().pid())[START];
        } catch (IOException e) {
            return "";
        }
    }

    /** This one for a person who looks for it. */
    static String inWords() {
        try {
            return "process " + ProcessHandle.current().pid() + " on " + Files.readString(PROC.resolve("sys/kernel/hostname")).strip();
        } catch (IOException e) {
            return "process " + ProcessHandle.current().pid();
        }
    }

    /** Numbers of processes mean the same since one boot of a machine, within one container. */
    private static String place() throws IOException {
        return Files.readString(PROC.resolve("sys/kernel/random/boot_id")).strip() + " " + Files.readSymbolicLink(PROC.resolve("self/ns/pid"));
    }

    private static String[] stat(long pid) throws IOException {
        String stat = Files.readString(PROC.resolve(pid + "/stat"));
        return stat.substring(stat.lastIndexOf(')') + 2).split(" ");
    }

    /** False where it runs, and where that cannot be seen from here. */
    static boolean isOver(String named) {
        String[] words = named.split(" ");
        try {
            // Where processes of others are hidden, the first one of all is too.
            if (words.length != 4 || !named.startsWith(place() + " ") || !Files.isReadable(PROC.resolve("1/stat"))) {
                return false;
            }
            Path folder = PROC.resolve(words[2]);
            if (!words[2].matches("\\d+") || !Files.exists(folder)) {
                return words[2].matches("\\d+");
            }
            String[] stat = stat(Long.parseLong(words[2]));
            return stat[0].equals("Z") || !stat[START].equals(words[3]);
        } catch (IOException e) {
            return false;
        }
    }
}
