package io.jenkins.plugins.igny8.config;

import com.cloudbees.plugins.credentials.CredentialsMatchers;
import com.cloudbees.plugins.credentials.CredentialsProvider;
import com.cloudbees.plugins.credentials.CredentialsScope;
import com.cloudbees.plugins.credentials.common.StandardListBoxModel;
import edu.umd.cs.findbugs.annotations.CheckForNull;
import hudson.Util;
import hudson.model.Item;
import hudson.model.Queue;
import hudson.model.queue.Tasks;
import hudson.security.ACL;
import hudson.util.FormValidation;
import hudson.util.ListBoxModel;
import java.util.List;
import jenkins.model.Jenkins;
import org.springframework.security.core.Authentication;

/**
 * Drop-downs of credentials: those that builds of the item may use, for viewers who may know them; all others see the value
 * that is set and nothing else. Without an item the field is one of the System page.
 */
public final class CredentialChoices {

    private CredentialChoices() {}

    /** @param current the value that is set, which stays selectable whoever looks */
    public static ListBoxModel registryLogins(@CheckForNull Item item, @CheckForNull String current) {
        return withCurrent(item, current, CredentialKind.REGISTRY_LOGIN);
    }

    public static ListBoxModel secretFiles(@CheckForNull Item item, @CheckForNull String current) {
        return withCurrent(item, current, CredentialKind.SECRET_FILE);
    }

    public static ListBoxModel serverCredentials(@CheckForNull Item item, @CheckForNull String current) {
        return withCurrent(item, current, CredentialKind.ENGINE_TLS);
    }

    /** A warning when builds of the item have no such credentials; nothing for viewers who may not know that. */
    public static FormValidation check(@CheckForNull Item item, @CheckForNull String id, CredentialKind kind) {
        String wanted = Util.fixEmptyAndTrim(id);
        // A credentials parameter of the job is resolved in the build.
        if (wanted == null || wanted.startsWith("${") || !mayList(item)) {
            return FormValidation.ok();
        }
        boolean found = usable(item, kind).stream().anyMatch(option -> option.value.equals(wanted));
        return found
                ? FormValidation.ok()
                : FormValidation.warning("There are no credentials '" + wanted + "' of a fitting kind that builds may use here: " + kind.need()
                        + ", of scope Global.");
    }

    private static ListBoxModel withCurrent(Item item, String current, CredentialKind kind) {
        StandardListBoxModel choices = mayList(item) ? usable(item, kind) : new StandardListBoxModel();
        choices.includeCurrentValue(Util.fixNull(current));
        return choices;
    }

    private static StandardListBoxModel usable(Item item, CredentialKind kind) {
        StandardListBoxModel choices = new StandardListBoxModel();
        choices.includeEmptyValue();
        if (item == null) {
            // The System page knows credentials of scope System too, but no build may use them.
            var global = CredentialsMatchers.not(CredentialsMatchers.withScope(CredentialsScope.SYSTEM));
            choices.includeMatchingAs(
                    ACL.SYSTEM2, Jenkins.get(), kind.type(), List.of(), CredentialsMatchers.allOf(kind.matcher(), global));
        } else {
            Authentication builds = item instanceof Queue.Task task ? Tasks.getAuthenticationOf2(task) : ACL.SYSTEM2;
            choices.includeMatchingAs(builds, item, kind.type(), List.of(), kind.matcher());
        }
        return choices;
    }

    private static boolean mayList(Item item) {
        return item == null
                ? Jenkins.get().hasPermission(Jenkins.ADMINISTER)
                : item.hasPermission(Item.EXTENDED_READ) || item.hasPermission(CredentialsProvider.USE_ITEM);
    }
}
