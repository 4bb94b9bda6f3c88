package dev.sluice.tracker.web;

/**
 * What a request line names.
 *
 * @param path before the question mark
 * @param query after it, empty if there is none
 */
record Target(String path, String query) {
    /** From the form that servers are sent, or the one with scheme and host that proxies are sent. */
    static Target of(String uri) {
        String local = uri;
        if (!uri.startsWith("/")) {
            int host = uri.indexOf("://");
            int slash = host < 0 ? -1 : uri.indexOf('/', host + 3);
            local = slash < 0 ? uri : uri.substring(slash);
        }
        int mark = local.indexOf('?');
        return mark < 0 ? new Target(local, "") : new Target(local.substring(0, mark), local.substring(mark + 1));
    }
}
