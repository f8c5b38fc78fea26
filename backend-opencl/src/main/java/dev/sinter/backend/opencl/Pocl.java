package dev.sinter.backend.opencl;

import java.util.Map;

/// What is to be known of PoCL, the OpenCL of processors (<https://portablecl.org>).
final class Pocl {
    /// What it calls itself.
    static final String PLATFORM = "Portable Computing Language";

    private Pocl() {}

    /// Where it keeps what it compiled. It has no device where it cannot make this folder.
    ///
    /// Source: `pocl_cache_init_topdir` in `lib/CL/pocl_cache.c` of PoCL 3.1.
    static String cacheFolder(Map<String, String> environment) {
        String own = environment.get("POCL_CACHE_DIR");
        if (own != null) {
            return own;
        }
        String shared = environment.getOrDefault("XDG_CACHE_HOME", "");
        if (!shared.isEmpty()) {
            return shared + "/pocl/kcache";
        }
        String home = environment.get("HOME");
        return home == null ? "/tmp/pocl/kcache" : home + "/.cache/pocl/kcache";
    }
}
