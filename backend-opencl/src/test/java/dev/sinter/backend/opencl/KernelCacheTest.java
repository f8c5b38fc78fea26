package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KernelCacheTest {
    private static final byte[] BINARY = {1, 2, 3, 4, 5};

    @TempDir
    private Path folder;

    @Test
    void what_was_put_can_be_got() {
        KernelCache cache = KernelCache.in(folder.resolve("kernels"));
        cache.put("key", BINARY);

        assertArrayEquals(BINARY, cache.get("key").orElseThrow());
        assertEquals(Optional.empty(), cache.get("other").map(List::of));
    }

    @Test
    void a_damaged_entry_is_dropped() throws IOException {
        KernelCache cache = KernelCache.in(folder);
        cache.put("key", BINARY);
        byte[] content = Files.readAllBytes(folder.resolve("key"));
        content[content.length - 1]++;
        Files.write(folder.resolve("key"), content);

        assertTrue(cache.get("key").isEmpty());
        assertFalse(Files.exists(folder.resolve("key")));
    }

    @Test
    void an_entry_cut_short_is_dropped() throws IOException {
        KernelCache cache = KernelCache.in(folder);
        cache.put("key", BINARY);
        Files.write(folder.resolve("key"), new byte[] {1, 2, 3});

        assertTrue(cache.get("key").isEmpty());
        assertFalse(Files.exists(folder.resolve("key")));
    }

    @Test
    void a_folder_that_cannot_be_made_is_no_error() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        KernelCache cache = KernelCache.in(file.resolve("kernels"));
        cache.put("key", BINARY);

        assertTrue(cache.get("key").isEmpty());
    }

    @Test
    void nothing_is_left_beside_the_entry() throws IOException {
        KernelCache.in(folder).put("key", BINARY);

        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("key")), files.toList());
        }
    }

    @Test
    void keys_differ_where_any_part_does() {
        assertNotEquals(KernelCache.key("ab", "c"), KernelCache.key("a", "bc"));
        assertEquals(KernelCache.key("a", "b"), KernelCache.key("a", "b"));
    }
}
