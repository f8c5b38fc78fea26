package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.file.CacheFolder;
import dev.sinter.ir.file.Failures;
import dev.sinter.ir.file.OutputFile;
import dev.sinter.ir.file.PrivateFolder;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;

/// Compiled programs on disk, under a hash of all that they depend on. An entry carries a checksum; one that does not
/// match is dropped. A cache that cannot be read or written is no error: programs are then compiled each time. Neither
/// is one that others can write to, but it is not used, since what lies there would be run as this user.
final class KernelCache {
    private static final byte[] MAGIC = "sinter.kernel 1\n".getBytes(StandardCharsets.US_ASCII);
    private static final int DIGEST_BYTES = 32;

    private final Optional<Path> folder;
    private final String obstacle;

    private KernelCache(Optional<Path> folder, String obstacle) {
        this.folder = folder;
        this.obstacle = obstacle;
    }

    static KernelCache in(Path folder) {
        try {
            PrivateFolder.make(folder);
            return PrivateFolder.objection(folder)
                    .map(KernelCache::none)
                    .orElseGet(() -> new KernelCache(Optional.of(folder), ""));
        } catch (IOException failure) {
            return none(folder + ": " + Failures.reason(failure));
        }
    }

    private static KernelCache none(String obstacle) {
        return new KernelCache(Optional.empty(), obstacle);
    }

    /// In the user's cache folder; `SINTER_CACHE` names another. PoCL keeps what it compiled by itself, and to hand it
    /// out compiles every kernel once more, so there is no cache of ours for it unless `SINTER_CACHE` asks for one.
    static KernelCache standard(String platform) {
        String own = System.getenv("SINTER_CACHE");
        if (own != null && !own.isBlank()) {
            return in(Path.of(own));
        }
        if (platform.equals(Pocl.PLATFORM)) {
            return none("PoCL has its own");
        }
        return in(CacheFolder.base().resolve("sinter").resolve("kernels"));
    }

    static String key(String... parts) {
        MessageDigest digest = sha256();
        for (String part : parts) {
            byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
            digest.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            digest.update(bytes);
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    /// False where nothing is kept, so that nobody need ask a driver for what it compiled.
    boolean isKept() {
        return folder.isPresent();
    }

    /// Why nothing is kept; empty if it is.
    String obstacle() {
        return obstacle;
    }

    Optional<byte[]> get(String key) {
        if (folder.isEmpty()) {
            return Optional.empty();
        }
        try {
            byte[] content = Files.readAllBytes(folder.get().resolve(key));
            int start = MAGIC.length + DIGEST_BYTES;
            if (content.length > start && Arrays.equals(content, 0, MAGIC.length, MAGIC, 0, MAGIC.length)) {
                byte[] binary = Arrays.copyOfRange(content, start, content.length);
                if (Arrays.equals(sha256().digest(binary), Arrays.copyOfRange(content, MAGIC.length, start))) {
                    return Optional.of(binary);
                }
            }
            drop(key);
            return Optional.empty();
        } catch (IOException _) {
            return Optional.empty();
        }
    }

    void drop(String key) {
        try {
            if (folder.isPresent()) {
                Files.deleteIfExists(folder.get().resolve(key));
            }
        } catch (IOException _) {
            // It will be found damaged again, and rebuilt again.
        }
    }

    /// Written aside and renamed, so that nobody reads half an entry.
    void put(String key, byte[] binary) {
        if (folder.isEmpty()) {
            return;
        }
        try {
            OutputFile.at(folder.get().resolve(key)).write(out -> {
                out.write(MAGIC);
                out.write(sha256().digest(binary));
                out.write(binary);
            });
        } catch (CompileException _) {
            // Without a cache the next start compiles again.
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java has SHA-256", missing);
        }
    }
}
