package io.jenkins.plugins.igny8.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.Extension;
import hudson.Util;
import hudson.model.Describable;
import hudson.model.Descriptor;
import hudson.model.Item;
import hudson.model.Node;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.igny8.host.Failure;
import java.util.regex.Pattern;
import jenkins.model.Jenkins;
import org.kohsuke.stapler.AncestorInPath;
import org.kohsuke.stapler.DataBoundConstructor;
import org.kohsuke.stapler.DataBoundSetter;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.verb.POST;

/** A Docker engine that an administrator gave a name. Values are kept as typed and checked in the form and at each use. */
public final class Engine implements Describable<Engine> {

    private static final Pattern URI = Pattern.compile("unix:///\\S+|tcp://[^\\s/@]+:\\d{1,5}/?|ssh://(?:[^\\s/@:]+@)?[^\\s/@]+(?:/\\S*)?");

    private final String name;
    private final String uri;
    private String credentialsId;

    /** @param uri {@code unix:///…}, {@code tcp://host:port} or {@code ssh://[user@]host}, as the node where commands run sees it */
    @DataBoundConstructor
    public Engine(String name, String uri) {
        this.name = Util.fixEmptyAndTrim(name);
        this.uri = Util.fixEmptyAndTrim(uri);
    }

    @CheckForNull
    public String getName() {
        return name;
    }

    @CheckForNull
    public String getUri() {
        return uri;
    }

    /** The client's certificate for {@code tcp://}; null: no TLS. */
    @CheckForNull
    public String getCredentialsId() {
        return credentialsId;
    }

    @DataBoundSetter
    public void setCredentialsId(String credentialsId) {
        this.credentialsId = Util.fixEmptyAndTrim(credentialsId);
    }

    /** The URI, when it and what belongs to it can be used; else a {@link Failure}. */
    String checkedUri() {
        if (uri == null || !URI.matcher(uri).matches()) {
            throw new Failure("'" + Util.fixNull(uri) + "' is no engine's address: give unix:///path/to/docker.sock, tcp://host:port"
                    + " or ssh://user@host.");
        }
        if (credentialsId != null && !uri.startsWith("tcp://")) {
            throw new Failure("Only an engine on tcp:// takes credentials: for unix:// the socket's group counts, for ssh:// the ssh set-up of the"
                    + " node's user.");
        }
        return uri;
    }

    @Extension
    public static final class DescriptorImpl extends Descriptor<Engine> {

        @NonNull
        @Override
        public String getDisplayName() {
            return "Engine";
        }

        @POST
        public ListBoxModel doFillCredentialsIdItems(@AncestorInPath Item item, @QueryParameter String credentialsId) {
            return CredentialChoices.serverCredentials(item, credentialsId);
        }

        @POST
        public FormValidation doCheckCredentialsId(@AncestorInPath Item item, @QueryParameter String value) {
            return CredentialChoices.check(item, value, CredentialKind.ENGINE_TLS);
        }

        @POST
        public FormValidation doCheckName(@QueryParameter String value) {
            return Checks.administrator(() -> {
                if (Util.fixEmptyAndTrim(value) == null) {
                    throw new Failure("Give the engine a name, by which a Jenkinsfile asks for it.");
                }
            });
        }

        @POST
        public FormValidation doCheckUri(@QueryParameter String value, @QueryParameter String credentialsId) {
            return Checks.administrator(() -> engine(value, credentialsId).checkedUri());
        }

        /** The nodes that <em>Test engine</em> can run on; the built-in node is the empty value. */
        @POST
        public ListBoxModel doFillTestNodeItems() {
            ListBoxModel nodes = new ListBoxModel();
            if (Jenkins.get().hasPermission(Jenkins.ADMINISTER)) {
                nodes.add("Built-In Node", "");
                Jenkins.get().getNodes().forEach(node -> nodes.add(node.getNodeName()));
            }
            return nodes;
        }

        /** Asks the engine from a node for its version. */
        @POST
        public FormValidation doTestEngine(
                @QueryParameter String uri, @QueryParameter String credentialsId, @QueryParameter String testNode)
                throws InterruptedException {
            Jenkins.get().checkPermission(Jenkins.ADMINISTER);
            try {
                String name = Util.fixNull(testNode);
                Node node = name.isEmpty() ? Jenkins.get() : Jenkins.get().getNode(name);
                if (node == null) {
                    throw new Failure("There is no node '" + name + "' any more: load this page anew.");
                }
                return EngineCheck.check(engine(uri, credentialsId), node, Igny8Configuration.get().getDockerTool());
            } catch (Failure e) {
                return FormValidation.error(e.getMessage());
            }
        }

        private static Engine engine(String uri, String credentialsId) {
            Engine engine = new Engine(null, uri);
            engine.setCredentialsId(credentialsId);
            return engine;
        }
    }
}
