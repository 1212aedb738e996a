package io.jenkins.plugins.igny8.compose.check.rules;

import io.jenkins.plugins.igny8.compose.check.Dockerfile;
import io.jenkins.plugins.igny8.compose.check.KnownImages;
import io.jenkins.plugins.igny8.compose.check.Service;
import io.jenkins.plugins.igny8.compose.read.Place;
import io.jenkins.plugins.igny8.compose.read.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the files say of the ports of one service: its command line, EXPOSE and what is known of its image say where it listens; ports
 * and health check say where others look. Where one stands alone against the others, that one is taken for wrong.
 */
final class Ports {

    /** A port and who says it. */
    record Claim(int port, Place place) {}

    private static final Pattern BOUND = Pattern.compile(
            "(?:^|\\s)(?:--bind|--bind-address|-b|--listen|--http|--addr|--address|runserver)[ =]\"?(?:[\\w.*\\[\\]-]*:)?(\\d{2,5})(?=$|[\\s\",])|(?:^|\\s)(?:--port|--http-port|--server\\.port|-p)[ =](\\d{2,5})(?=$|\\s)"
                    + "|(?:0\\.0\\.0\\.0|\\[::\\]):(\\d{2,5})(?=$|[\\s\",])");
    private static final Pattern NUMBER = Pattern.compile("\\d{2,5}");

    private final List<Claim> command = new ArrayList<>();
    private final List<Claim> exposed = new ArrayList<>();
    private final List<Claim> declared = new ArrayList<>();
    private final List<Claim> published = new ArrayList<>();
    private final List<Claim> checked = new ArrayList<>();
    private final Set<Integer> mentioned = new TreeSet<>();
    private final Set<Integer> known;
    private final Set<Integer> atHand = new TreeSet<>();

    private Ports(Service service) {
        service.atHand().ifPresent(image -> atHand.addAll(image.exposed()));
        this.known = KnownImages.ports(service.image());
    }

    static Ports of(Service service) {
        Ports ports = new Ports(service);
        ports.readCommand(service);
        service.dockerfile().ifPresent(dockerfile -> dockerfile.exposed().forEach(one -> add(one.text(), one.place(), ports.exposed)));
        service.get("expose").items().forEach(one -> add(one.text().replaceAll("/.*", ""), one.place(), ports.declared));
        service.get("ports").items().stream().filter(one -> !one.get("protocol").text().equals("udp"))
                .forEach(one -> add(one.get("target").text(), one.get("target").place(), ports.published));
        HealthAsk.of(service).stream().filter(ask -> ask.port() > 0 && ask.asksItself(service))
                .forEach(ask -> ports.checked.add(new Claim(ask.port(), ask.place())));
        service.get("environment").members().values().forEach(value -> ports.mention(value.text()));
        service.dockerfile().ifPresent(dockerfile -> dockerfile.values().forEach(ports::mention));
        return ports;
    }

    private static void add(String port, Place place, List<Claim> claims) {
        if (port.matches("\\d{1,5}")) {
            claims.add(new Claim(Integer.parseInt(port), place));
        }
    }

    private void readCommand(Service service) {
        List<Value> own = service.ownWords();
        Place place = own.isEmpty() ? service.dockerfile().map(Dockerfile::commandPlace).orElse(service.place()) : own.get(0).place();
        String line = service.line();
        Matcher bound = BOUND.matcher(line);
        while (bound.find()) {
            String port = bound.group(1) != null ? bound.group(1) : bound.group(2) != null ? bound.group(2) : bound.group(3);
            String ownPlace = port;
            Place where = own.stream().filter(word -> word.text().contains(ownPlace)).findFirst().map(Value::place).orElse(place);
            command.add(new Claim(Integer.parseInt(port), where));
        }
        mention(line);
    }

    private void mention(String text) {
        Matcher number = NUMBER.matcher(Service.shortened(text));
        while (number.find()) {
            mentioned.add(Integer.parseInt(number.group()));
        }
    }

    private static Set<Integer> numbers(List<Claim> claims) {
        Set<Integer> all = new TreeSet<>();
        claims.forEach(claim -> all.add(claim.port));
        return all;
    }

    /** EXPOSE of the Dockerfile where it is alone: what listens, is published and is checked agrees on another port. */
    boolean exposeIsOdd() {
        return isOdd(exposed, others(command, declared, published, checked)) && (!command.isEmpty() || agree(published, checked));
    }

    /** The compose file's {@code expose} where it is alone. */
    boolean declaredIsOdd() {
        return isOdd(declared, others(command, exposed, published, checked)) && (!command.isEmpty() || !exposed.isEmpty());
    }

    /** The command line where it is alone. */
    boolean commandIsOdd() {
        return !command.isEmpty() && disjoint(command, others(exposed, declared, published, checked))
                && (agree(exposed, published) || agree(exposed, checked) || agree(published, checked));
    }

    private boolean isOdd(List<Claim> claims, Set<Integer> others) {
        return !claims.isEmpty() && disjoint(claims, others) && disjoint(claims, mentioned);
    }

    private static Set<Integer> others(List<Claim> one, List<Claim> other, List<Claim> third, List<Claim> fourth) {
        Set<Integer> all = numbers(one);
        List.of(other, third, fourth).forEach(claims -> all.addAll(numbers(claims)));
        return all;
    }

    private static boolean disjoint(List<Claim> claims, Set<Integer> ports) {
        return claims.stream().noneMatch(claim -> ports.contains(claim.port));
    }

    private static boolean agree(List<Claim> one, List<Claim> other) {
        return !disjoint(one, numbers(other));
    }

    /** Where it certainly listens; empty where the files do not tell. */
    Set<Integer> listening() {
        Set<Integer> all = new TreeSet<>(known);
        if (!commandIsOdd()) {
            all.addAll(numbers(command));
        }
        if (!exposeIsOdd()) {
            all.addAll(numbers(exposed));
        }
        all.addAll(atHand);
        return all;
    }

    /** Whether something may well listen there. */
    boolean isPlausible(int port) {
        return listening().isEmpty() || listening().contains(port) || (mentioned.contains(port) && !numbers(command).contains(port));
    }

    List<Claim> command() {
        return command;
    }

    List<Claim> exposed() {
        return exposed;
    }

    List<Claim> published() {
        return published;
    }

    List<Claim> checked() {
        return checked;
    }

    /** Ports as a sentence lists them. */
    static String words(Set<Integer> ports) {
        return String.join(", ", ports.stream().map(String::valueOf).toList());
    }

    List<Claim> declared() {
        return declared;
    }

    /** What everybody else says. */
    Set<Integer> otherThan(List<Claim> claims) {
        Set<Integer> all = others(command, exposed, published, checked);
        all.addAll(numbers(declared));
        all.removeAll(numbers(claims));
        return all;
    }
}
