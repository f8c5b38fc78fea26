package dev.sinter.frontend.onnx.file;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.SeekableByteChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.SecureDirectoryStream;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributeView;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/// An open file in a folder or further down, that is a file of its own: reached through no link, under one name only.
///
/// What lies under a path may be another thing a moment later. So folders are opened one in the other, where the system
/// can do that, and the file is judged once it is open, and again after it was read, by its number.
final class FileBelow implements Closeable {
    private static final Set<OpenOption> READ = Set.of(StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);

    private final Deque<Closeable> open = new ArrayDeque<>();
    private final Path path;
    private final BasicFileAttributeView view;
    private final SeekableByteChannel channel;
    private final BasicFileAttributes found;

    private FileBelow(Path folder, Path inside) throws IOException {
        path = folder.resolve(inside);
        try {
            DirectoryStream<Path> first = kept(Files.newDirectoryStream(folder));
            if (first instanceof SecureDirectoryStream<Path> secure) {
                SecureDirectoryStream<Path> parent = secure;
                for (int i = 0; i < inside.getNameCount() - 1; i++) {
                    parent = kept(parent.newDirectoryStream(inside.getName(i), LinkOption.NOFOLLOW_LINKS));
                }
                Path name = inside.getFileName();
                view = parent.getFileAttributeView(name, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
                requireRegular(view.readAttributes());
                channel = kept(parent.newByteChannel(name, READ));
            } else {
                view = Files.getFileAttributeView(path, BasicFileAttributeView.class, LinkOption.NOFOLLOW_LINKS);
                requireRegular(view.readAttributes());
                channel = kept(Files.newByteChannel(path, READ));
            }
            found = view.readAttributes();
            requireUnchanged();
        } catch (IOException | RuntimeException fault) {
            close();
            throw fault;
        }
    }

    /// @param inside a relative path without `..`
    /// @throws IOException if there is no such file, or it is not one of its own
    static FileBelow open(Path folder, Path inside) throws IOException {
        return new FileBelow(folder, inside);
    }

    private <C extends Closeable> C kept(C closeable) {
        open.push(closeable);
        return closeable;
    }

    private static void requireRegular(BasicFileAttributes attributes) throws IOException {
        if (!attributes.isRegularFile()) {
            throw new IOException("it is no regular file");
        }
    }

    /// Demands that the name still stands for the file that was opened, and that this has no other name.
    void requireUnchanged() throws IOException {
        BasicFileAttributes now = view.readAttributes();
        requireRegular(now);
        Optional<Map<String, Object>> unix = unixAttributes();
        boolean same = Objects.equals(now.fileKey(), found.fileKey())
                && unix.map(attributes -> Objects.equals(attributes.get("fileKey"), now.fileKey()))
                        .orElse(true);
        boolean single = unix.map(attributes -> Objects.equals(attributes.get("nlink"), 1))
                .orElse(true);
        if (!same) {
            throw new IOException("another file took its place while it was read");
        }
        if (!single) {
            throw new IOException("it has several names, as hard links make them");
        }
    }

    private Optional<Map<String, Object>> unixAttributes() throws IOException {
        try {
            return Optional.of(Files.readAttributes(path, "unix:nlink,fileKey", LinkOption.NOFOLLOW_LINKS));
        } catch (UnsupportedOperationException noSuchView) {
            // Not every file system has the view: then there is nothing to compare.
            return Optional.empty();
        }
    }

    SeekableByteChannel channel() {
        return channel;
    }

    @Override
    public void close() throws IOException {
        while (!open.isEmpty()) {
            open.pop().close();
        }
    }
}
