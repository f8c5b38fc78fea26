package dev.sinter.backend.opencl;

import java.util.Map;

/// What is to be known of PoCL, the OpenCL of processors (<https://portablecl.org>).
final class Pocl {
    /// What it calls itself.
    static final String PLATFORM = "Portable Computing Language";

    /// The environment variable that says which of its drivers it has.
    private static final String DEVICES = "POCL_DEVICES";

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

    /// True of its driver that computes a kernel in the thread that starts it, when it is started. The others have
    /// threads of their own, and waking them takes longer than most kernels of a network.
    ///
    /// Source: the devices `basic` of PoCL 3.1 and `cpu-minimal`, as it is called since PoCL 4.
    static boolean computesInCaller(String platform, String device) {
        return platform.equals(PLATFORM) && (device.startsWith("basic") || device.startsWith("cpu-minimal"));
    }

    /// Has it offer that driver besides the usual one, unless the user said which ones to take. To be called before
    /// PoCL is first asked for anything in this process.
    static void offerComputingInCaller(Map<String, String> environment) {
        if (!isChosen(environment)) {
            NativeEnvironment.set(DEVICES, "pthread basic");
        }
    }

    /// True if the user said which of its drivers to take.
    static boolean isChosen(Map<String, String> environment) {
        return environment.containsKey(DEVICES);
    }
}
