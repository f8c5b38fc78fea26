package dev.sinter.backend.opencl;

import dev.sinter.ir.file.CacheFolder;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.PrivateFolder;
import java.io.File;
import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jocl.CL;

/// Has JOCL load its native library from a folder that only this user can write to.
///
/// JOCL unpacks the library under a name that everybody can tell into the folder for temporary files, and loads what it
/// finds there: whoever is the first to put a file of that name there has it run by all others. It asks
/// `java.io.tmpdir` for that folder when its class `CL` is initialised, and nothing else can be said to it. So the
/// property names a folder made just now while that happens. Another thread that wants a temporary file at that moment
/// gets it there.
final class JoclLibrary {
    private static final String TEMPORARY = "java.io.tmpdir";
    private static final String PREFIX = "sinter-jocl-";

    /// No start takes as long, in whatever container its process has the number that a folder's name tells.
    private static final Duration ABANDONED = Duration.ofHours(1);

    private JoclLibrary() {}

    /// @throws IOException if there is no place where it can be unpacked
    /// @throws LinkageError if it cannot be loaded from there, or finds no OpenCL
    static void load() throws IOException {
        requireNoneOnTheWay(System.getProperty("java.library.path", ""));
        String usual = System.getProperty(TEMPORARY, "");
        List<Path> places = List.of(Path.of(usual), CacheFolder.base());
        places.forEach(JoclLibrary::sweep);
        Path folder = unpackingFolder(places);
        try {
            System.setProperty(TEMPORARY, folder.toString());
            try {
                CL.setExceptionsEnabled(true);
            } finally {
                System.setProperty(TEMPORARY, usual);
            }
        } finally {
            delete(folder);
        }
    }

    /// Before it unpacks its own, JOCL asks the JVM for a library of that name. What lies in a folder that the path
    /// names in full was put there on purpose; where the path has an empty or relative entry, as an unset variable in
    /// `LD_LIBRARY_PATH` leaves it, the library would be that of whatever folder the process happens to be in.
    ///
    /// @throws IOException if there is such a file
    static void requireNoneOnTheWay(String libraryPath) throws IOException {
        for (String entry : libraryPath.split(File.pathSeparator, -1)) {
            if (Path.of(entry).isAbsolute()) {
                continue;
            }
            Path here = Path.of(entry.isEmpty() ? "." : entry).toAbsolutePath().normalize();
            try (DirectoryStream<Path> found = Files.newDirectoryStream(here, System.mapLibraryName("JOCL_*"))) {
                for (Path file : found) {
                    throw new IOException("java.library.path has the entry '" + entry
                            + "', so that " + file + " would be loaded in place of JOCL's own library: name folders in"
                            + " full in LD_LIBRARY_PATH and java.library.path, or remove the file");
                }
            } catch (NotDirectoryException | NoSuchFileException _) {
                // Nothing can be loaded from there.
            }
        }
    }

    private static Path unpackingFolder(List<Path> places) throws IOException {
        StringBuilder reasons = new StringBuilder();
        for (Path place : places) {
            try {
                return PrivateFolder.fresh(
                        place, PREFIX + ProcessHandle.current().pid() + "-");
            } catch (IOException failure) {
                reasons.append(reasons.isEmpty() ? "" : "; ")
                        .append(place)
                        .append(": ")
                        .append(Failures.reason(failure));
            }
        }
        throw new IOException("JOCL's library can be unpacked nowhere (" + reasons
                + "): let java.io.tmpdir name a folder" + " that only you can write to");
    }

    /// What a run that was killed left behind, and where files in use cannot be deleted, as on Windows, every run.
    static void sweep(Path place) {
        try (DirectoryStream<Path> folders = Files.newDirectoryStream(place, PREFIX + "*")) {
            for (Path folder : folders) {
                if (isAbandoned(folder)) {
                    delete(folder);
                }
            }
        } catch (IOException _) {
            // Nothing is lost but room.
        }
    }

    private static boolean isAbandoned(Path folder) throws IOException {
        Optional<ProcessHandle> owner = processOf(String.valueOf(folder.getFileName()));
        boolean old = Files.getLastModifiedTime(folder, LinkOption.NOFOLLOW_LINKS)
                .toInstant()
                .isBefore(Instant.now().minus(ABANDONED));
        return old
                && owner.isEmpty()
                && Files.isDirectory(folder, LinkOption.NOFOLLOW_LINKS)
                && PrivateFolder.objection(folder).isEmpty();
    }

    private static Optional<ProcessHandle> processOf(String name) {
        String number = name.substring(PREFIX.length()).split("-", 2)[0];
        try {
            return ProcessHandle.of(Long.parseLong(number));
        } catch (NumberFormatException _) {
            return Optional.empty();
        }
    }

    /// A library that is loaded needs its file no more, but for Windows, which keeps it.
    private static void delete(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
            for (Path file : files) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException _) {
            // A later run tries again.
        }
    }
}
