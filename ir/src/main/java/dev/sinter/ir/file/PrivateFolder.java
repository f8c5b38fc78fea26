package dev.sinter.ir.file;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;
import java.util.Set;

/// Folders into which nobody but this user can have put anything: where lies what is going to be executed.
///
/// Systems whose files have no POSIX permissions keep a user's folders in a profile that others have no access to;
/// nothing is checked there.
public final class PrivateFolder {
    /// The sticky bit of `st_mode`: who may write to the folder may still not replace what others own in it.
    private static final int STICKY = 01000;

    private PrivateFolder() {}

    /// Makes a folder inside `parent` that was not there before, for this user alone.
    ///
    /// @throws IOException if it cannot be made, or others could replace it
    public static Path fresh(Path parent, String prefix) throws IOException {
        Path real = parent.toRealPath();
        Optional<String> objection = objectionToParents(real);
        if (objection.isPresent()) {
            throw new IOException(objection.get());
        }
        // Made in one step with its permissions, under a name that cannot be told beforehand; fails if it is there, if
        // only as a link.
        Path folder = Files.createTempDirectory(real, prefix);
        Optional<String> shared = isPosix(folder) ? objectionTo(folder, permissions(folder)) : Optional.empty();
        if (shared.isPresent()) {
            Files.delete(folder);
            throw new IOException(shared.get());
        }
        return folder;
    }

    /// Makes a folder and what is missing of those that it lies in, for this user alone. One that is there stays as it
    /// is: see [#objection(Path)].
    public static void make(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return;
        }
        Path parent = folder.toAbsolutePath().getParent();
        if (parent != null) {
            make(parent);
        }
        try {
            Files.createDirectory(folder, forOwner(folder));
        } catch (FileAlreadyExistsException failure) {
            // Another process may just have made it.
            if (!Files.isDirectory(folder)) {
                throw failure;
            }
        }
    }

    private static FileAttribute<?>[] forOwner(Path folder) {
        return isPosix(folder)
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"))
                }
                : new FileAttribute<?>[0];
    }

    /// Why others could change what lies in a folder; empty if only this user can.
    public static Optional<String> objection(Path folder) throws IOException {
        if (!isPosix(folder)) {
            return Optional.empty();
        }
        Path real = folder.toRealPath();
        UserPrincipal owner = Files.getOwner(real, LinkOption.NOFOLLOW_LINKS);
        UserPrincipal user = user();
        if (!owner.equals(user)) {
            return Optional.of(real + " belongs to " + owner.getName() + ", not to " + user.getName());
        }
        Optional<String> shared = objectionTo(real, permissions(real));
        Path parent = real.getParent();
        return shared.isPresent() || parent == null ? shared : objectionToParents(parent);
    }

    /// The owner of what this process makes: its name may be unknown to the system, as it often is in containers.
    private static UserPrincipal user() throws IOException {
        Path probe = Files.createTempFile("sinter", null);
        try {
            return Files.getOwner(probe);
        } finally {
            Files.delete(probe);
        }
    }

    private static Set<PosixFilePermission> permissions(Path folder) throws IOException {
        return Files.getPosixFilePermissions(folder, LinkOption.NOFOLLOW_LINKS);
    }

    private static Optional<String> objectionTo(Path folder, Set<PosixFilePermission> permissions) {
        return permissions.contains(PosixFilePermission.GROUP_WRITE)
                        || permissions.contains(PosixFilePermission.OTHERS_WRITE)
                ? Optional.of("others may write to " + folder)
                : Optional.empty();
    }

    /// Why others could put another folder in the place of one that lies here.
    private static Optional<String> objectionToParents(Path real) throws IOException {
        for (Path folder = real; folder != null && isPosix(folder); folder = folder.getParent()) {
            boolean open = Files.getPosixFilePermissions(folder).contains(PosixFilePermission.OTHERS_WRITE);
            if (open && ((int) Files.getAttribute(folder, "unix:mode") & STICKY) == 0) {
                return Optional.of("others may replace what lies in " + folder);
            }
        }
        return Optional.empty();
    }

    private static boolean isPosix(Path path) {
        return path.getFileSystem().supportedFileAttributeViews().contains("posix");
    }
}
