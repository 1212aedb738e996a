package io.jenkins.plugins.igny8.steps;

import io.jenkins.plugins.igny8.jenkins.Igny8BlockStep;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import java.util.ArrayList;
import java.util.List;

/** One of each step, for tests of what is the same for all. */
public final class Samples {

    private Samples() {}

    /** With every parameter given, and otherwise than its default. */
    public static List<Igny8Step> full() {
        BuildStep build = new BuildStep();
        Igny8Image backend = new Igny8Image("team/backend:1.2");
        backend.setDockerfile("docker/Dockerfile.dev");
        backend.setContext("docker");
        backend.setBuildArgs(list("BASE=debian:13", "QUOTED=it's \"here\" & <there>"));
        backend.setTarget("dev");
        backend.setTags(list("1.2.3", "edge"));
        backend.setLabels(list("team=a \"b\" & <c>"));
        backend.setSecrets(list("pip=pip-conf"));
        backend.setSsh(list("default"));
        backend.setCacheFrom(list("type=local,src=cache"));
        backend.setCacheTo(list("type=inline"));
        backend.setPlatforms(list("linux/arm64"));
        backend.setPull(true);
        backend.setNoCache(true);
        build.setImages(list(backend, new Igny8Image("other:latest")));
        build.setBuildArgs(list("A=1", "B=two words"));
        build.setPull(true);
        build.setNoCache(true);
        build.setNoSourceLabels(true);
        build.setFailFast(true);

        CheckInfraStep checkInfra = new CheckInfraStep();
        checkInfra.setNetwork("shared");
        checkInfra.setPostgres("db");
        checkInfra.setRedis("none");
        Igny8Check check = new Igny8Check();
        check.setContainer("minio");
        check.setCommand("set -e\nmc ready \"$ALIAS\" | grep -q '<ready>'");
        check.setTcp("rabbit:5672");
        check.setUrl("http://127.0.0.1:9000/minio/health/live?a=1&b=<c>");
        check.setStatus(204);
        checkInfra.setChecks(list(check, new Igny8Check()));
        checkInfra.setWait(34);
        checkInfra.setMinFreeGigabytes(5);

        TestStep test = new TestStep("set -e\npytest \"$TARGET\" | tee 'a b'\n");
        test.setImage("team/backend:1.2");
        test.setNetwork("shared");
        test.setInfra(true);
        test.setEnvironment(list("DEBUG=1", "EMPTY="));
        test.setEnvFile("config/test.env");
        test.setResults("/results");
        test.setInto("out");
        test.setReturnStatus(true);
        test.setCode("host");
        test.setProject("shop");
        test.setService("web");

        PushStep push = new PushStep();
        push.setRegistry("registry.example:5000");
        push.setNamespace("team/project");
        push.setCredentialsId("registry-login");
        push.setImages(list(built("pushed:1"), built("pushed:2")));
        push.setTags(list("1.2", "latest"));
        Igny8Registry backup = new Igny8Registry("backup.example:5001");
        backup.setNamespace("copies");
        backup.setCredentialsId("backup-login");
        push.setAlso(list(backup, new Igny8Registry("third.example")));

        PullStep pull = new PullStep();
        pull.setRegistry("registry.example:5000");
        pull.setNamespace("team");
        pull.setCredentialsId("${LOGIN}");
        pull.setImages(list(built("pulled:1")));
        pull.setReferences(list("backend:1.2"));

        MigrateStep migrate = new MigrateStep();
        project(migrate);
        migrate.setService("web");
        migrate.setImages(list(built("web:1")));
        migrate.setPendingCommand("rake db:status | sed 's/up/[X]/'");
        migrate.setApplyCommand("rake db:migrate\nrake db:seed");
        migrate.setPlan(true);
        migrate.setSqlCommand("rake db:sql | grep \"$MIGRATION\"");
        migrate.setDeadline(30);
        migrate.setCode("image");

        ComposeUpStep composeUp = new ComposeUpStep();
        project(composeUp);
        composeUp.setServices(list("web", "worker"));
        composeUp.setImages(list(built("web:1"), built("worker:1")));
        composeUp.setDeadline(31);
        composeUp.setScale(list("worker=2"));
        composeUp.setNoBuild(true);
        composeUp.setNoDeps(true);
        composeUp.setForceRecreate(true);
        composeUp.setRemoveOrphans(true);
        composeUp.setGrace(7);
        composeUp.setCode("host");

        DeployStep deploy = new DeployStep();
        project(deploy);
        deploy.setImages(list(built("web:1")));
        deploy.setService("web");
        deploy.setWorkers(list("worker", "beat"));
        deploy.setNoCheck(true);
        deploy.setNoMigrate(true);
        deploy.setPendingCommand("rake db:status | sed 's/up/[X]/'");
        deploy.setApplyCommand("rake db:migrate");
        deploy.setMigrateDeadline(35);
        deploy.setNoCandidate(true);
        deploy.setScale(list("worker=2"));
        deploy.setRemoveOrphans(true);
        deploy.setGrace(8);
        deploy.setDeadline(36);
        deploy.setHealthDeadline(37);
        deploy.setSettle(2);
        deploy.setProbes(list(new Igny8Probe("http://127.0.0.1:8080/up")));
        deploy.setCode("image");
        deploy.setLockWait(38);
        deploy.setTakeOver(true);
        deploy.setKeep(3);
        deploy.setPullRequests(true);
        deploy.setDryRun(true);
        deploy.setReturnOutcome(true);

        RollbackStep rollback = new RollbackStep();
        project(rollback);
        rollback.setRelease(7);
        rollback.setMigrations("reverse");
        rollback.setService("web");
        rollback.setWorkers(list("worker"));
        rollback.setNoMigrate(true);
        rollback.setPendingCommand("rake db:status");
        rollback.setReverseCommand("rake db:rollback TO=\"$TARGET\"");
        rollback.setMigrateDeadline(39);
        rollback.setGrace(9);
        rollback.setDeadline(40);
        rollback.setHealthDeadline(41);
        rollback.setSettle(3);
        rollback.setProbes(list(new Igny8Probe("http://127.0.0.1:8080/up")));
        rollback.setLockWait(42);
        rollback.setTakeOver(true);
        rollback.setKeep(4);
        rollback.setDryRun(true);
        rollback.setReturnOutcome(true);

        WaitHealthyStep waitHealthy = new WaitHealthyStep();
        waitHealthy.setProject("shop");
        waitHealthy.setServices(list("web"));
        Igny8Probe probe = new Igny8Probe("https://127.0.0.1:8443/health?deep=1&x=<y>");
        probe.setStatus(204);
        probe.setText("{\"status\": \"ok\"}");
        probe.setJson(list("/status=ok", "/checks/db=ok"));
        waitHealthy.setProbes(list(probe));
        waitHealthy.setDeadline(32);
        waitHealthy.setSettle(1);

        LogsStep logs = new LogsStep();
        logs.setProject("shop");
        logs.setInto("collected");
        logs.setLines(10);

        ComposeDownStep down = new ComposeDownStep("review-7");
        down.setVolumes(true);
        down.setGrace(2);
        down.setDeadline(33);

        PruneStep prune = new PruneStep();
        prune.setRepositories(list("registry.example:5000/team/app"));
        prune.setKeep(2);
        prune.setDryRun(true);

        SaveStep save = new SaveStep();
        save.setImages(list(built("saved:1")));
        save.setDirectory("out/images");

        LoadStep load = new LoadStep();
        load.setDirectory("in/images");

        CheckComposeStep checkCompose = new CheckComposeStep();
        project(checkCompose);
        checkCompose.setRules(list("docker-socket=off", "secret-plain=error"));
        checkCompose.setFailOn("warning");
        checkCompose.setSarif("out/compose.sarif");
        checkCompose.setRelease(true);
        checkCompose.setDockerfiles(list("team/backend=docker/Dockerfile"));
        checkCompose.setHealthPaths(list("web=/up?deep=1&all=<yes>"));
        checkCompose.setDeadline(35);
        checkCompose.setAskEngine(true);
        checkCompose.setPull(true);

        RenderStep render = new RenderStep();
        project(render);
        render.setImages(list(built("web:1")));
        render.setOutput("compose.release.yml");
        render.setCodeRoot("/srv/<code>");

        List<Igny8Step> all = List.of(
                build, checkInfra, test, push, pull, migrate, composeUp, deploy, rollback, waitHealthy, logs, down, prune, save, load, checkCompose, render);
        all.forEach(step -> step.setEngine("production"));
        return all;
    }

    /** With nothing given but what is required. */
    public static List<Igny8Step> empty() {
        return List.of(
                new BuildStep(),
                new CheckInfraStep(),
                new TestStep("true"),
                new PushStep(),
                new PullStep(),
                new MigrateStep(),
                new ComposeUpStep(),
                new DeployStep(),
                new RollbackStep(),
                new WaitHealthyStep(),
                new LogsStep(),
                new ComposeDownStep("p"),
                new PruneStep(),
                new SaveStep(),
                new LoadStep(),
                new CheckComposeStep(),
                new RenderStep());
    }

    /** Those around a block, which a freestyle job is not offered: with every parameter given. */
    public static List<Igny8BlockStep> blocks() {
        LockStep lock = new LockStep();
        lock.setProject("shop");
        lock.setWait(35);
        lock.setTakeOver(true);
        lock.setEngine("production");
        return List.of(lock);
    }

    private static void project(ComposeProjectStep step) {
        step.setProject("shop");
        step.setFiles(list("compose.yml", "compose.production.yml"));
        step.setProfiles(list("workers"));
        step.setEnvFile("production.env");
        step.setEnvFileCredentialsId("production-env");
        step.setEnvironment(list("REPLICAS=2"));
    }

    private static Igny8BuiltImage built(String name) {
        Igny8BuiltImage image = new Igny8BuiltImage(name);
        image.setReference("registry.example:5000/team/" + name);
        image.setImageId("sha256:" + "a".repeat(64));
        image.setDigest("sha256:" + "b".repeat(64));
        image.setSeconds(1.5);
        image.setCached(true);
        return image;
    }

    /** As forms and pipelines make them: other kinds of lists look different where Jenkins stores them. */
    @SafeVarargs
    private static <T> List<T> list(T... elements) {
        return new ArrayList<>(List.of(elements));
    }
}
