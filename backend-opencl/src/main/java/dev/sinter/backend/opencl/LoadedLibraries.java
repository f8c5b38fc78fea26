package dev.sinter.backend.opencl;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Keeps libraries loaded that a driver loads and unloads. PoCL makes a library of each kernel, unloads it where it has
/// more than 128 others that it ran since, and loads it again the next time, which takes a tenth of a millisecond; a
/// network of 188 kernels takes half as long again. As long as somebody else has a library open, loading it is counting
/// to two.
///
/// Source: `get_new_dlhandle_cache_item` in `lib/CL/devices/common.c` of PoCL 3.1.
final class LoadedLibraries implements AutoCloseable {
    /// What the Linux kernel says is mapped into this process. Where there is no such file, nothing is kept.
    private static final Path MAPPED = Path.of("/proc/self/maps");

    private static final String SUFFIX = ".so";

    /// `RTLD_NOW | RTLD_NOLOAD` of Linux: the library if it is loaded.
    private static final int IF_LOADED = 2 | 4;

    private final String folder;
    private final Map<String, MemorySegment> open = new LinkedHashMap<>();

    /// Those below `folder`.
    LoadedLibraries(String folder) {
        this.folder = folder + "/";
    }

    /// Keeps what is loaded now.
    void keep() {
        Optional<MethodHandle> dlopen = CLibrary.find("dlopen", FunctionDescriptor.of(ADDRESS, ADDRESS, JAVA_INT));
        if (dlopen.isEmpty()) {
            return;
        }
        for (String file : loaded()) {
            if (!open.containsKey(file)) {
                MemorySegment handle = open(dlopen.get(), file);
                if (handle.address() != 0) {
                    open.put(file, handle);
                }
            }
        }
    }

    private List<String> loaded() {
        try {
            return Files.readAllLines(MAPPED, StandardCharsets.UTF_8).stream()
                    .map(line -> line.substring(Math.max(0, line.indexOf('/'))))
                    .filter(file -> file.startsWith(folder) && file.endsWith(SUFFIX))
                    .distinct()
                    .toList();
        } catch (IOException _) {
            // It is slower then, and no more.
            return List.of();
        }
    }

    private static MemorySegment open(MethodHandle dlopen, String file) {
        try (Arena arena = Arena.ofConfined()) {
            MemorySegment path = arena.allocateFrom(file);
            return CLibrary.call(() -> (MemorySegment) dlopen.invokeExact(path, IF_LOADED));
        }
    }

    int count() {
        return open.size();
    }

    @Override
    public void close() {
        CLibrary.find("dlclose", FunctionDescriptor.of(JAVA_INT, ADDRESS))
                .ifPresent(dlclose ->
                        open.values().forEach(handle -> CLibrary.call(() -> (int) dlclose.invokeExact(handle))));
        open.clear();
    }
}
