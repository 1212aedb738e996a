package io.jenkins.plugins.igny8.compose.check;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** What is known of widely used images without having them: Docker's own library and what everybody builds on. */
public final class KnownImages {

    /** Ports that they listen on unless told otherwise. Proxies are not here: their own files say. */
    private static final Map<String, Set<Integer>> PORTS = Map.ofEntries(
            Map.entry("postgres", Set.of(5432)),
            Map.entry("mysql", Set.of(3306, 33060)),
            Map.entry("mariadb", Set.of(3306)),
            Map.entry("mongo", Set.of(27017)),
            Map.entry("redis", Set.of(6379)),
            Map.entry("memcached", Set.of(11211)),
            Map.entry("rabbitmq", Set.of(4369, 5671, 5672, 15671, 15672, 15691, 15692, 25672)));

    private static final Set<String> DATABASES = Set.of(
            "postgres", "postgis/postgis", "pgvector/pgvector", "timescale/timescaledb", "mysql", "mariadb", "mongo", "redis", "valkey/valkey",
            "memcached",
            "elasticsearch", "bitnami/postgresql", "bitnami/redis", "bitnami/mariadb", "bitnami/mysql", "bitnami/mongodb", "cassandra", "couchdb",
            "influxdb",
            "clickhouse/clickhouse-server", "mcr.microsoft.com/mssql/server", "neo4j", "postgis", "redis/redis-stack");

    private static final Set<String> BROKERS = Set.of(
            "rabbitmq", "bitnami/rabbitmq", "bitnami/kafka", "apache/kafka", "confluentinc/cp-kafka", "nats", "minio/minio");

    /** What people use to look into a database; it may well come first. */
    private static final Set<String> VIEWERS = Set.of(
            "adminer", "dpage/pgadmin4", "phpmyadmin", "phpmyadmin/phpmyadmin", "mongo-express", "rediscommander/redis-commander",
            "redis/redisinsight",
            "provectuslabs/kafka-ui", "grafana/grafana");

    /** Of Docker's library, which by its own rules brings no health checks. */
    private static final Set<String> WITHOUT_HEALTH_CHECK = Set.of(
            "alpine", "amazoncorretto", "busybox", "caddy", "cassandra", "composer", "debian", "eclipse-temurin", "elasticsearch", "golang", "gradle",
            "httpd",
            "influxdb", "kibana", "logstash", "mariadb", "maven", "memcached", "mongo", "mysql", "nginx", "node", "openjdk", "php", "postgres",
            "python", "rabbitmq",
            "redis", "ruby", "rust", "scratch", "traefik", "ubuntu", "zookeeper");

    /** Debian and what is made of its small image: neither curl nor wget. */
    private static final List<String> SLIM = List.of("debian", "ubuntu");

    private static final Set<String> DEBIAN_SERVERS = Set.of("postgres", "redis", "mysql", "mongo", "memcached");

    private static final Pattern LIBRARY = Pattern.compile("^(?:(?:index\\.)?docker\\.io/)?(?:library/)?");

    private KnownImages() {}

    /** The name of an image without what stands for Docker's library. */
    public static String repository(String image) {
        String name = withoutDigest(image);
        int colon = name.lastIndexOf(':');
        return LIBRARY.matcher(colon > name.lastIndexOf('/') ? name.substring(0, colon) : name).replaceFirst("");
    }

    public static String tag(String image) {
        String name = withoutDigest(image);
        int colon = name.lastIndexOf(':');
        return colon > name.lastIndexOf('/') ? name.substring(colon + 1) : "";
    }

    private static String withoutDigest(String image) {
        int at = image.indexOf('@');
        return at < 0 ? image : image.substring(0, at);
    }

    public static Set<Integer> ports(String image) {
        return PORTS.getOrDefault(repository(image), Set.of());
    }

    public static boolean isDatabase(String image) {
        return DATABASES.contains(repository(image));
    }

    /** Databases, queues and stores: whoever needs one fails until it answers. */
    public static boolean isNeededToAnswer(String image) {
        return isDatabase(image) || BROKERS.contains(repository(image));
    }

    public static boolean isViewer(String image) {
        return VIEWERS.contains(repository(image));
    }

    public static boolean bringsNoHealthCheck(String image) {
        return WITHOUT_HEALTH_CHECK.contains(repository(image));
    }

    /** Whether an image lacks a program for certain; empty where that is not known. */
    public static Optional<Boolean> lacks(String image, String program) {
        String repository = repository(image);
        String tag = tag(image);
        boolean alpine = tag.contains("alpine") || repository.equals("alpine");
        if (repository.equals("scratch")) {
            return Optional.of(true);
        }
        if (!program.equals("curl") && !program.equals("wget")) {
            return Optional.empty();
        }
        if (alpine && Set.of("alpine", "python", "node", "golang", "redis", "postgres", "memcached", "caddy", "rabbitmq").contains(repository)) {
            return Optional.of(program.equals("curl"));
        }
        boolean slim = SLIM.contains(repository) || (tag.contains("slim") && Set.of("python", "node", "ruby", "php").contains(repository));
        if (!alpine && (slim || DEBIAN_SERVERS.contains(repository))) {
            return Optional.of(true);
        }
        return Optional.empty();
    }
}
