package io.jenkins.plugins.igny8.compose.check;

import io.jenkins.plugins.igny8.compose.read.Place;

/** One thing that is looked for in compose files and their Dockerfiles. */
public interface Rule {

    /** Looks at a stack and says what it finds. */
    void look(Stack stack, Found found);

    /** Takes what a rule finds. */
    interface Found {

        /**
         * @param sentence what is wrong, with the names of what is meant; never the value of a variable that may be a secret
         * @param suggestion what to write instead
         */
        void add(Place place, String sentence, String suggestion);
    }
}
