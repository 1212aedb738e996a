package io.jenkins.plugins.igny8.agent;

import io.jenkins.plugins.igny8.host.Command;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;

/**
 * The text that carries a command to an agent. All words and variables travel in it, single-quoted, so that no launcher can
 * expand, paste or lose them; what is launched is only {@code sh} with the path of this script.
 */
final class Script {

    /** Only these can be exported by a shell; others do not reach the commands of {@code sh} either. */
    private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]*");

    /** What shells keep for themselves: setting one of them ends or misleads the script. */
    private static final Set<String> OF_THE_SHELL = Set.of(
            "BASHOPTS", "BASH_VERSINFO", "EUID", "IFS", "LINENO", "OLDPWD", "OPTIND", "PPID", "PWD", "SHELLOPTS", "UID");

    /**
     * The command leads a process group, by which it is ended with all that it started; its number and start time go into the
     * file {@code group}. A process that leads one already (in a container) must not call setsid, which would fork. BOUND may
     * put the same script under a time limit; the process stays the same.
     *
     * <p>The script removes itself, since its variables may be secrets of the step.
     */
    private static final String HEAD = """
            if [ -z "$IGNY8_LEADS" ]; then
              read -r IGNY8_STAT < /proc/$$/stat
              set -- ${IGNY8_STAT##*) }
              if [ "$3" != $$ ]; then
                if [ -n "$IGNY8_ALONE" ] || ! command -v setsid > /dev/null; then
                  echo 'setsid (package util-linux) or /proc is missing here, without which no command can be ended' >&2
                  exit 126
                fi
                IGNY8_ALONE=1 exec setsid sh "$0"
              fi
              echo "$$ ${20}" > FOLDER/group
              BOUND
            fi
            rm -f FOLDER/run
            unset IGNY8_STAT IGNY8_ALONE IGNY8_LEADS
            """;

    /** Where there is no such program, whoever started the command is alone in bounding its life. */
    private static final String BOUND = "! command -v timeout > /dev/null || IGNY8_LEADS=1 exec timeout -s KILL SECONDS sh \"$0\"";

    /**
     * Ends a process group with SIGTERM, and after 10 s (docker and compose react within two, a build takes longer) with
     * SIGKILL. Exactly this spelling of kill, in a shell: another one of it ends every process of the machine. A leader with
     * another start time is somebody else who got the number. Zombies have ended, whoever should have asked for them.
     */
    static final String END = """
            here=${0%/*}
            rm -f "$here/run"
            n=0
            while [ ! -s "$here/group" ]; do
              n=$((n + 1))
              [ $n -le 20 ] || exit 0
              sleep 0.1
            done
            read -r group start < "$here/group"
            case $group in '' | 0 | 1 | *[!0-9]*) echo "not a process group: $group"; exit 2 ;; esac
            stat=
            read -r stat 2> /dev/null < "/proc/$group/stat"
            set -- ${stat##*) }
            [ "$3" = "$group" ] && [ "${20}" = "$start" ] || exit 0
            lives() {
              for file in /proc/[0-9]*/stat; do
                stat=
                read -r stat 2> /dev/null < "$file"
                set -- ${stat##*) }
                [ "$3" = "$group" ] && [ "$1" != Z ] && [ "$1" != X ] && return 0
              done
              return 1
            }
            now() {
              read -r uptime idle < /proc/uptime
              now=${uptime%%.*}
            }
            ended_within() {
              now
              until=$((now + $1))
              while lives; do
                now
                [ $now -lt $until ] || return 1
                sleep 0.1
              done
            }
            kill -- "-$group" 2> /dev/null
            ended_within 10 && exit 0
            kill -s KILL -- "-$group" 2> /dev/null
            ended_within 3 && exit 0
            echo "the process group $group does not end"
            exit 1
            """;

    private final Place place;
    private final Command command;
    private final String folder;

    /** @param folder the absolute path of the folder in which the script lies, as {@code run} */
    Script(Place place, Command command, String folder) {
        this.place = place;
        this.command = command;
        this.folder = folder;
    }

    /**
     * Both outputs go into files of their own, and the exit code into a third one when they are complete.
     *
     * @param seconds after this the command is killed even where nobody is left to end it
     */
    String question(long seconds) {
        // Its own shell outlives SIGTERM, so that what was written and the code belong together.
        return head(bound(seconds)) + "trap : TERM HUP INT\n" + surroundings() + "(" + program() + "exec " + words() + ") < /dev/null"
                + " > FOLDER/out 2> FOLDER/err\necho $? > FOLDER/code\n".replace("FOLDER", quoted(folder));
    }

    /** Both outputs go where the script's own go, in order. */
    String change() {
        return head(":") + surroundings() + "exec < /dev/null 2>&1\n" + program() + "exec " + words() + "\n";
    }

    /** The same with a bounded life. */
    String stream(long seconds) {
        return head(bound(seconds)) + surroundings() + "exec < /dev/null 2>&1\n" + program() + "exec " + words() + "\n";
    }

    private String head(String bound) {
        return HEAD.replace("BOUND", bound).replace("FOLDER", quoted(folder));
    }

    private static String bound(long seconds) {
        return BOUND.replace("SECONDS", Long.toString(seconds));
    }

    private String surroundings() {
        String path = place.directory().getRemote();
        return "cd " + quoted(path) + " || { echo " + quoted("the step's folder " + path + " is not there where its commands run")
                + " >&2; exit 126; }\n" + exports();
    }

    /** A shell gives another code than 127 for a missing program where it may not look into all folders of the PATH. */
    private String program() {
        String name = quoted(command.argv().get(0));
        return "command -v " + name + " > /dev/null || { echo " + name + "' is not on the PATH' >&2; exit 127; }\n";
    }

    private String words() {
        StringBuilder words = new StringBuilder();
        command.argv().forEach(word -> words.append(words.isEmpty() ? "" : " ").append(quoted(word)));
        return words.toString();
    }

    /**
     * What the agent's process does not have anyway. In a container the rest is the container's, its HOME and PATH above all: the
     * step's PATH counts only where the command would else see that of the agent.
     */
    private String exports() {
        StringBuilder exports = new StringBuilder();
        Map<String, String> step = new TreeMap<>(place.environment());
        String path = step.remove("PATH");
        String inherited = place.inherited().get("PATH");
        if (path != null && inherited != null && !path.equals(inherited)) {
            exports.append("[ \"$PATH\" != ").append(quoted(inherited)).append(" ] || ").append(export("PATH", path));
        }
        step.entrySet().removeIf(variable -> variable.getValue().equals(place.inherited().get(variable.getKey())));
        step.putAll(command.environment());
        step.forEach((name, value) -> {
            if (VARIABLE.matcher(name).matches() && !OF_THE_SHELL.contains(name)) {
                exports.append(export(name, value));
            }
        });
        return exports.toString();
    }

    private static String export(String name, String value) {
        return "export " + name + "=" + quoted(value) + "\n";
    }

    static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
