package dev.sinter.backend.fpga;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/// A design as files: one of Verilog for each kernel, one for what holds them together, a small library, and the
/// content of memories.
public final class DesignFiles {
    private static final String LIBRARY = "library.v";

    private DesignFiles() {}

    /// The text of each file, by its name.
    public static Map<String, String> of(Design design) {
        Map<String, String> files = new LinkedHashMap<>();
        files.put(LIBRARY, library());
        for (KernelModule module : design.modules()) {
            files.put(module.name() + ".v", module.verilog());
            module.contents().forEach(contents -> files.put(contents.file(), contents.words()));
        }
        TopPrinter.Top top = TopPrinter.print(design);
        files.put(design.name() + ".v", top.verilog());
        files.putAll(top.tables());
        return files;
    }

    private static String library() {
        try (InputStream in = DesignFiles.class.getResourceAsStream(LIBRARY)) {
            if (in == null) {
                throw new IllegalStateException(LIBRARY + " is not where it should be");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
