package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.CheckInfra;
import io.jenkins.plugins.igny8.operation.DeclaredInfra;
import io.jenkins.plugins.igny8.operation.InfraCheck;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import java.time.Duration;
import java.util.List;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8CheckInfra}: the network exists, Postgres and Redis answer on it, and whatever else is declared is there. */
public class CheckInfraStep extends Igny8Step {

    private String network;
    private String postgres;
    private String redis;
    private List<Igny8Check> checks;
    private Integer wait;
    private Integer minFreeGigabytes;

    @DataBoundConstructor
    public CheckInfraStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        List<InfraCheck> declared = checks == null ? List.of() : checks.stream().map(Igny8Check::check).toList();
        return new CheckInfra(
                new DeclaredInfra(getNetwork(), getPostgres(), getRedis(), declared, minFreeGigabytes), Duration.ofSeconds(getWait()));
    }

    public String getNetwork() {
        return network == null ? CheckInfra.DEFAULT_NETWORK : network;
    }

    @DataBoundSetter
    public void setNetwork(String network) {
        this.network = Given.text(network);
    }

    public String getPostgres() {
        return postgres == null ? CheckInfra.DEFAULT_POSTGRES : postgres;
    }

    @DataBoundSetter
    public void setPostgres(String postgres) {
        this.postgres = Given.text(postgres);
    }

    public String getRedis() {
        return redis == null ? CheckInfra.DEFAULT_REDIS : redis;
    }

    @DataBoundSetter
    public void setRedis(String redis) {
        this.redis = Given.text(redis);
    }

    public List<Igny8Check> getChecks() {
        return checks;
    }

    @DataBoundSetter
    public void setChecks(List<Igny8Check> checks) {
        this.checks = checks;
    }

    public int getWait() {
        return wait == null ? 0 : wait;
    }

    @DataBoundSetter
    public void setWait(Integer wait) {
        this.wait = wait;
    }

    public Integer getMinFreeGigabytes() {
        return minFreeGigabytes;
    }

    @DataBoundSetter
    public void setMinFreeGigabytes(Integer minFreeGigabytes) {
        this.minFreeGigabytes = minFreeGigabytes;
    }

    @Extension
    @Symbol("igny8CheckInfra")
    public static class DescriptorImpl extends Descriptor {}
}
