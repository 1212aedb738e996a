package io.jenkins.plugins.igny8.steps;

import hudson.Extension;
import io.jenkins.plugins.igny8.jenkins.Igny8Step;
import io.jenkins.plugins.igny8.operation.CheckInfra;
import io.jenkins.plugins.igny8.operation.Operation;
import io.jenkins.plugins.igny8.operation.Settings;
import org.jenkinsci.Symbol;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;

/** {@code igny8CheckInfra}: the network exists, Postgres and Redis answer on it. */
public class CheckInfraStep extends Igny8Step {

    private String network;
    private String postgres;
    private String redis;

    @DataBoundConstructor
    public CheckInfraStep() {}

    @Override
    public Operation<?> operation(Settings settings) {
        return new CheckInfra(getNetwork(), getPostgres(), getRedis());
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

    @Extension
    @Symbol("igny8CheckInfra")
    public static class DescriptorImpl extends Descriptor {}
}
