package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class LoadedLibrariesTest {
    @Test
    void what_is_loaded_from_the_folder_is_kept_and_let_go() {
        assumeTrue(Files.exists(Path.of("/proc/self/maps")), "this system does not tell what is loaded");
        Path library = Path.of(System.getProperty("java.home"), "lib", System.mapLibraryName("java"));
        try (LoadedLibraries libraries =
                new LoadedLibraries(library.toAbsolutePath().getParent().toString())) {
            assertEquals(0, libraries.count());
            libraries.keep();
            int kept = libraries.count();
            assertTrue(kept > 0, "the JVM's own libraries are loaded");
            libraries.keep();
            assertEquals(kept, libraries.count());
        }
    }

    @Test
    void nothing_is_kept_of_a_folder_that_nothing_is_loaded_from() {
        try (LoadedLibraries libraries = new LoadedLibraries("/nowhere")) {
            libraries.keep();
            assertEquals(0, libraries.count());
        }
    }
}
