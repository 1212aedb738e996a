package io.jenkins.plugins.igny8.host;

/** A user name and a password that belong together. Printing it never shows the password. */
public record Login(String username, String password) {

    @Override
    public String toString() {
        return "login of " + username;
    }
}
