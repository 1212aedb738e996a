package io.jenkins.plugins.igny8.config;

import edu.umd.cs.findbugs.annotations.CheckForNull;
import edu.umd.cs.findbugs.annotations.NonNull;
import hudson.BulkChange;
import hudson.Extension;
import hudson.ExtensionList;
import hudson.Util;
import hudson.model.Descriptor;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import io.jenkins.plugins.igny8.host.Failure;
import io.jenkins.plugins.igny8.operation.Settings;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import jenkins.model.GlobalConfiguration;
import jenkins.model.Jenkins;
import net.sf.json.JSONArray;
import net.sf.json.JSONObject;
import org.jenkinsci.Symbol;
import org.jenkinsci.plugins.docker.commons.tools.DockerTool;
import org.kohsuke.stapler.QueryParameter;
import org.kohsuke.stapler.StaplerRequest2;
import org.kohsuke.stapler.verb.POST;

/**
 * What an administrator sets once, under <em>Manage Jenkins → System</em> or as {@code unclassified: igny8:} in a file.
 * What is not set has its documented default, and a step's own parameter overrides all.
 */
@Extension
@Symbol("igny8")
public class Igny8Configuration extends GlobalConfiguration {

    private List<Registry> registries = new ArrayList<>();
    private List<Engine> engines = new ArrayList<>();
    private String dockerTool;
    private String project;
    private String composeFile;
    private Integer upDeadline;
    private Integer healthyDeadline;
    private Integer migrateDeadline;
    private Integer keepImages;

    public Igny8Configuration() {
        load();
    }

    @NonNull
    public static Igny8Configuration get() {
        return ExtensionList.lookupSingleton(Igny8Configuration.class);
    }

    @NonNull
    @Override
    public String getDisplayName() {
        return "IGNY8 Pipeline";
    }

    /** What holds for parameters that a step was not given. */
    @NonNull
    public Settings settings() {
        Settings documented = Settings.documented();
        return new Settings(
                project == null ? documented.project() : project,
                composeFile == null ? documented.files() : List.of(composeFile),
                upDeadline == null ? documented.upDeadline() : upDeadline,
                healthyDeadline == null ? documented.healthyDeadline() : healthyDeadline,
                migrateDeadline == null ? documented.migrateDeadline() : migrateDeadline,
                keepImages == null ? documented.keepImages() : keepImages,
                registries.stream().map(Registry::settings).toList());
    }

    /** The engine of that name; a {@link Failure} that names the known ones where there is none. */
    @NonNull
    public Engine engine(String name) {
        return engines.stream()
                .filter(engine -> name.equals(engine.getName()))
                .findFirst()
                .orElseThrow(() -> new Failure("There is no engine '" + name + "': an administrator names engines under Manage Jenkins, System"
                        + (engines.isEmpty() ? "." : " (there are: " + String.join(", ", engines.stream().map(Engine::getName).toList()) + ").")));
    }

    /** The first is meant where a step names none. */
    public List<Registry> getRegistries() {
        return List.copyOf(registries);
    }

    public void setRegistries(List<Registry> registries) {
        this.registries = new ArrayList<>(Util.fixNull(registries));
        save();
    }

    public List<Engine> getEngines() {
        return List.copyOf(engines);
    }

    public void setEngines(List<Engine> engines) {
        this.engines = new ArrayList<>(Util.fixNull(engines));
        save();
    }

    /** The name of a Docker tool; null: the docker that is on the PATH. */
    @CheckForNull
    public String getDockerTool() {
        return dockerTool;
    }

    public void setDockerTool(String dockerTool) {
        this.dockerTool = Util.fixEmptyAndTrim(dockerTool);
        save();
    }

    @CheckForNull
    public String getProject() {
        return project;
    }

    public void setProject(String project) {
        this.project = Util.fixEmptyAndTrim(project);
        save();
    }

    @CheckForNull
    public String getComposeFile() {
        return composeFile;
    }

    public void setComposeFile(String composeFile) {
        this.composeFile = Util.fixEmptyAndTrim(composeFile);
        save();
    }

    /** Seconds; null: the documented default. */
    @CheckForNull
    public Integer getUpDeadline() {
        return upDeadline;
    }

    public void setUpDeadline(Integer upDeadline) {
        this.upDeadline = upDeadline;
        save();
    }

    /** Seconds; null: the documented default. */
    @CheckForNull
    public Integer getHealthyDeadline() {
        return healthyDeadline;
    }

    public void setHealthyDeadline(Integer healthyDeadline) {
        this.healthyDeadline = healthyDeadline;
        save();
    }

    /** Seconds; null: the documented default. */
    @CheckForNull
    public Integer getMigrateDeadline() {
        return migrateDeadline;
    }

    public void setMigrateDeadline(Integer migrateDeadline) {
        this.migrateDeadline = migrateDeadline;
        save();
    }

    /** Images of each repository; null: the documented default. */
    @CheckForNull
    public Integer getKeepImages() {
        return keepImages;
    }

    public void setKeepImages(Integer keepImages) {
        this.keepImages = keepImages;
        save();
    }

    /** For the form, which shows what holds where a field is empty. */
    public Settings getDocumented() {
        return Settings.documented();
    }

    @Override
    public boolean configure(StaplerRequest2 request, JSONObject form) throws FormException {
        // An emptied list is absent from the form, and what is absent would stay as it was.
        for (String list : List.of("registries", "engines")) {
            if (!form.has(list)) {
                form.put(list, new JSONArray());
            }
        }
        try (BulkChange change = new BulkChange(this)) {
            request.bindJSON(this, form);
            change.commit();
        } catch (IOException e) {
            throw new Descriptor.FormException("The settings cannot be stored: " + e.getMessage(), e, "");
        }
        return true;
    }

    @POST
    public ListBoxModel doFillDockerToolItems(@QueryParameter String dockerTool) {
        ListBoxModel tools = new ListBoxModel();
        tools.add("docker on the PATH", "");
        Stream<String> installed = Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                ? Stream.of(Jenkins.get().getDescriptorByType(DockerTool.DescriptorImpl.class).getInstallations()).map(DockerTool::getName)
                : Stream.empty();
        // What is set stays selectable, or saving would silently drop it.
        Stream.concat(installed, Stream.of(Util.fixNull(dockerTool))).filter(name -> !name.isEmpty()).distinct().forEach(tools::add);
        return tools;
    }

    @POST
    public FormValidation doCheckUpDeadline(@QueryParameter String value) {
        return seconds(value);
    }

    @POST
    public FormValidation doCheckHealthyDeadline(@QueryParameter String value) {
        return seconds(value);
    }

    @POST
    public FormValidation doCheckMigrateDeadline(@QueryParameter String value) {
        return seconds(value);
    }

    @POST
    public FormValidation doCheckKeepImages(@QueryParameter String value) {
        return wholeNumber(value, "no number of images: give a whole number");
    }

    private static FormValidation seconds(String value) {
        return wholeNumber(value, "no time limit: give whole seconds");
    }

    private static FormValidation wholeNumber(String value, String trouble) {
        return Checks.administrator(() -> {
            String text = Util.fixEmptyAndTrim(value);
            if (text != null && !text.matches("0*[1-9]\\d{0,7}")) {
                throw new Failure("'" + text + "' is " + trouble + ", 1 or more.");
            }
        });
    }
}
