/** A plugin that exists in tests only: a step that tries the host, and what surrounds it there. */
@OptionalPackage(requirePlugins = "carry-trial")
package io.jenkins.plugins.igny8.agent.trial;

import org.jenkinsci.plugins.variant.OptionalPackage;
