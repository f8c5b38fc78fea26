package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DiscoveryTest {
    @Test
    void pocl_without_a_device_points_to_its_cache() {
        String told = Discovery.withoutDevice(Pocl.PLATFORM, Map.of("POCL_CACHE_DIR", "/proc/x"));
        assertEquals(
                "the platform Portable Computing Language is there but has no device: its cache folder /proc/x may not"
                        + " be writable; let POCL_CACHE_DIR name one that is",
                told);
    }

    @Test
    void the_cache_of_pocl_is_where_pocl_looks_for_it() {
        assertEquals("/a", Pocl.cacheFolder(Map.of("POCL_CACHE_DIR", "/a", "XDG_CACHE_HOME", "/b", "HOME", "/c")));
        assertEquals("/b/pocl/kcache", Pocl.cacheFolder(Map.of("XDG_CACHE_HOME", "/b", "HOME", "/c")));
        assertEquals("/c/.cache/pocl/kcache", Pocl.cacheFolder(Map.of("XDG_CACHE_HOME", "", "HOME", "/c")));
    }

    @Test
    void another_platform_without_a_device_is_named() {
        assertTrue(Discovery.withoutDevice("NVIDIA CUDA", Map.of()).contains("NVIDIA CUDA is there but has no device"));
    }

    @Test
    void a_missing_opencl_library_is_told_apart_from_one_of_jocls() {
        var opencl = new UnsatisfiedLinkError(
                "Could not initialize native OpenCL library. Implementation library could not be loaded");
        assertTrue(Discovery.unlinked(opencl).startsWith("no OpenCL library ("));
        var jocl = new UnsatisfiedLinkError("""
            Error while loading native library "JOCL_2_0_6-linux-x86_64"
            ---(start of nested stack traces)---
            Stack trace from the attempt to load the library as a file:
            java.lang.UnsatisfiedLinkError: no JOCL_2_0_6-linux-x86_64 in java.library.path
            Stack trace from the attempt to load the library as a resource:
            java.lang.UnsatisfiedLinkError: /x/y.so: failed to map segment from shared object
            """);
        assertTrue(
                Discovery.unlinked(jocl)
                        .startsWith("JOCL's native library could not be loaded (/x/y.so: failed to map segment"),
                Discovery.unlinked(jocl));
    }
}
