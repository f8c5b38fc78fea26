package dev.sinter.backend.opencl;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.jocl.LibUtils;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A library is loaded once in a process, so each test has one of its own.
class JoclLibraryTest {
    /// The name that JOCL gives to what it unpacks.
    private static final String PREDICTABLE =
            LibUtils.createLibraryFileName(LibUtils.createPlatformLibraryName("JOCL_2_0_6"));

    private static final String FOUND = "found";

    @TempDir
    Path temporary;

    /// What runs there: loads OpenCL, then says so and where temporary files go.
    static final class Program {
        public static void main(String[] arguments) {
            OpenClBackend backend = new OpenClBackend();
            System.out.println(backend.devices().isEmpty() ? backend.whyUnavailable() : FOUND);
            System.out.println(System.getProperty("java.io.tmpdir"));
        }
    }

    private List<String> run(Path workingFolder, String... options) throws IOException, InterruptedException {
        List<String> command = Stream.of(
                        Stream.of(Path.of(System.getProperty("java.home"), "bin", "java")
                                .toString()),
                        Stream.of("--enable-native-access=ALL-UNNAMED", "-Djava.io.tmpdir=" + temporary),
                        Stream.of(options),
                        Stream.of("-cp", absolute(System.getProperty("java.class.path")), Program.class.getName()))
                .flatMap(part -> part)
                .toList();
        Process process = new ProcessBuilder(command)
                .directory(workingFolder.toFile())
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes());
        assertEquals(0, process.waitFor(), output);
        // Java itself warns of a folder for temporary files that is not there.
        return output.lines().filter(line -> !line.startsWith("WARNING:")).toList();
    }

    private static String absolute(String classPath) {
        return String.join(
                File.pathSeparator,
                Stream.of(classPath.split(File.pathSeparator))
                        .map(entry -> Path.of(entry).toAbsolutePath().toString())
                        .toList());
    }

    private List<String> run() throws IOException, InterruptedException {
        return run(temporary);
    }

    private List<Path> left() throws IOException {
        try (Stream<Path> files = Files.list(temporary)) {
            return files.toList();
        }
    }

    @BeforeEach
    void devices() {
        assumeFalse(new OpenClBackend().devices().isEmpty(), "there is no OpenCL device");
    }

    @Test
    void what_somebody_put_where_jocl_unpacks_is_neither_loaded_nor_in_the_way() throws Exception {
        byte[] garbage = "this is no library".getBytes();
        Path planted = Files.write(temporary.resolve(PREDICTABLE), garbage);
        assertEquals(List.of(FOUND, temporary.toString()), run());
        assertArrayEquals(garbage, Files.readAllBytes(planted));
        assertEquals(List.of(planted), left());
    }

    @Test
    void code_that_somebody_put_where_jocl_unpacks_does_not_run() throws Exception {
        Path marker = temporary.resolve("it-ran");
        Path library = compiled(marker);
        // It runs when it is loaded, so that the test does not pass for another reason.
        assertTrue(loadsAndRuns(library, marker));
        assertEquals(FOUND, run().getFirst());
        assertFalse(Files.exists(marker));
    }

    private Path compiled(Path marker) throws IOException, InterruptedException {
        Path source = Files.writeString(temporary.resolve("planted.c"), """
            #include <stdio.h>
            __attribute__((constructor)) static void run(void) { fclose(fopen("%s", "w")); }
            """.formatted(marker));
        Path library = temporary.resolve(PREDICTABLE);
        try {
            int code = new ProcessBuilder("cc", "-shared", "-fPIC", "-o", library.toString(), source.toString())
                    .inheritIO()
                    .start()
                    .waitFor();
            assumeTrue(code == 0, "the C compiler makes no library");
        } catch (IOException _) {
            assumeTrue(false, "there is no C compiler");
        }
        return library;
    }

    private static boolean loadsAndRuns(Path library, Path marker) throws IOException {
        Path copy = Files.copy(library, library.resolveSibling("copy.so"));
        System.load(copy.toString());
        return Files.deleteIfExists(marker);
    }

    @Test
    void a_link_in_its_place_is_not_followed() throws Exception {
        Path target = temporary.resolve("target");
        Path link = Files.createSymbolicLink(temporary.resolve(PREDICTABLE), target);
        assertEquals(FOUND, run().getFirst());
        assertFalse(Files.exists(target));
        assertTrue(Files.exists(link, LinkOption.NOFOLLOW_LINKS));
    }

    @Test
    void nothing_is_left_behind() throws Exception {
        assertEquals(FOUND, run().getFirst());
        assertEquals(List.of(), left());
    }

    @Test
    void a_library_in_the_current_folder_is_refused_where_the_path_has_an_empty_entry() throws Exception {
        Path here = Files.createDirectory(temporary.resolve("here"));
        Path file = Files.write(here.resolve(System.mapLibraryName("JOCL_2_0_6-any")), new byte[] {1});
        String told =
                run(here, "-Djava.library.path=/usr/lib" + File.pathSeparator).getFirst();
        assertTrue(told.startsWith("java.library.path has the entry ''") && told.contains(file.toString()), told);
        assertEquals(FOUND, run(here, "-Djava.library.path=/usr/lib").getFirst());
    }

    @Test
    void only_what_an_ended_process_left_long_ago_is_swept_away() throws Exception {
        Process ended = new ProcessBuilder("true").start();
        ended.waitFor();
        Path old = folder("sinter-jocl-" + ended.pid() + "-1", true);
        Path young = folder("sinter-jocl-" + ended.pid() + "-2", false);
        Path ours = folder("sinter-jocl-" + ProcessHandle.current().pid() + "-3", true);
        Path other = folder("something-" + ended.pid() + "-4", true);
        JoclLibrary.sweep(temporary);
        assertFalse(Files.exists(old));
        assertTrue(Files.exists(young) && Files.exists(ours) && Files.exists(other));
    }

    private Path folder(String name, boolean old) throws IOException {
        Path folder = Files.createDirectory(temporary.resolve(name));
        Files.write(folder.resolve(PREDICTABLE), new byte[] {1});
        if (old) {
            Files.setLastModifiedTime(folder, FileTime.from(Instant.now().minusSeconds(100_000)));
        }
        return folder;
    }

    @Test
    void where_nothing_can_be_unpacked_it_is_told() throws Exception {
        Path nowhere = temporary.resolve("none");
        String told = run(temporary, "-Djava.io.tmpdir=" + nowhere, "-Duser.home=" + nowhere)
                .getFirst();
        assumeFalse(told.equals(FOUND), "XDG_CACHE_HOME is set");
        assertTrue(told.startsWith("JOCL's library can be unpacked nowhere (" + nowhere), told);
    }
}
