package dev.sinter.ir.file;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Files that are written beside those whose names they get when they are whole.
///
/// Their names tell the process that writes them and its machine, so that the next one to write to the folder can
/// remove
/// what a process that was killed left there.
final class AsideFile {
    private static final String ENDING = ".sinter.part";

    /// The name of the file to be, the machine, the process, and a number that tells apart what one process writes.
    private static final Pattern NAME = Pattern.compile(
            "\\..+\\.([0-9a-f]{1,8})-([0-9a-f]{1,15})-[0-9a-f]+" + Pattern.quote(ENDING), Pattern.DOTALL);

    /// A file of another machine's, in a folder that both have, is left alone for as long as something might write it.
    private static final Duration ABANDONED = Duration.ofDays(7);

    private static final String MACHINE = Integer.toHexString(machine().hashCode());

    /// Each folder is looked through once.
    private static final Set<Path> SWEPT = ConcurrentHashMap.newKeySet();

    private static final Set<Path> OURS = ConcurrentHashMap.newKeySet();

    private AsideFile() {}

    /// Makes an empty file in the folder of `target`, which nobody can read who cannot read `target`.
    static Path create(Path target) throws IOException {
        Path folder = OutputFile.folder(target);
        if (SWEPT.add(folder)) {
            sweep(folder);
        }
        String unique = MACHINE + "-" + Long.toHexString(ProcessHandle.current().pid()) + "-"
                + Long.toHexString(System.nanoTime());
        Path aside = folder.resolve("." + target.getFileName() + "." + unique + ENDING);
        OURS.add(aside);
        // For a process that is interrupted.
        aside.toFile().deleteOnExit();
        return Files.createFile(aside, attributes(target));
    }

    private static FileAttribute<?>[] attributes(Path target) throws IOException {
        Optional<Set<PosixFilePermission>> old = permissions(target);
        if (old.isEmpty()) {
            return new FileAttribute<?>[0];
        }
        Set<PosixFilePermission> permissions = EnumSet.of(PosixFilePermission.OWNER_WRITE);
        permissions.addAll(old.get());
        return new FileAttribute<?>[] {PosixFilePermissions.asFileAttribute(permissions)};
    }

    /// Those of a file that is there, where files have permissions.
    private static Optional<Set<PosixFilePermission>> permissions(Path file) throws IOException {
        boolean posix = file.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix && Files.exists(file) ? Optional.of(Files.getPosixFilePermissions(file)) : Optional.empty();
    }

    /// Gives a file the permissions of `target`, if that is there.
    static void takePermissions(Path aside, Path target) throws IOException {
        Optional<Set<PosixFilePermission>> old = permissions(target);
        if (old.isPresent()) {
            Files.setPosixFilePermissions(aside, old.get());
        }
    }

    /// Removes what no living process writes any more.
    static void sweep(Path folder) {
        try (DirectoryStream<Path> files = Files.newDirectoryStream(folder, ".*" + ENDING)) {
            for (Path file : files) {
                if (isAbandoned(file)) {
                    Files.deleteIfExists(file);
                }
            }
        } catch (IOException | DirectoryIteratorException _) {
            // Nothing is lost but room.
        }
    }

    private static boolean isAbandoned(Path file) throws IOException {
        Matcher name = NAME.matcher(String.valueOf(file.getFileName()));
        if (!name.matches()) {
            return false;
        }
        if (!name.group(1).equals(MACHINE)) {
            return Files.getLastModifiedTime(file, LinkOption.NOFOLLOW_LINKS)
                    .toInstant()
                    .isBefore(Instant.now().minus(ABANDONED));
        }
        long process = Long.parseUnsignedLong(name.group(2), 16);
        // A process in a container may have the number that the one before it had.
        return process == ProcessHandle.current().pid()
                ? !OURS.contains(file)
                : ProcessHandle.of(process).isEmpty();
    }

    /// What tells this machine, or container, from others, without asking the network.
    private static String machine() {
        try {
            return Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
        } catch (IOException _) {
            return System.getenv().getOrDefault("COMPUTERNAME", System.getProperty("user.name", ""));
        }
    }
}
