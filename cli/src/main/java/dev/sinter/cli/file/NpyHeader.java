package dev.sinter.cli.file;

import dev.sinter.ir.diag.CompileException;
import dev.sinter.ir.type.ElementType;
import dev.sinter.ir.type.Shape;
import dev.sinter.ir.type.TensorType;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The header of NumPy's array files, a Python dictionary as text.
///
/// Format: <https://numpy.org/doc/stable/reference/generated/numpy.lib.format.html>
record NpyHeader(TensorType type) {
    static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};

    /// Headers are padded so that the data start at a multiple of this.
    private static final int ALIGNMENT = 64;

    private static final Map<String, ElementType> TYPES = Map.ofEntries(
            Map.entry("<f2", ElementType.FLOAT16),
            Map.entry("<f4", ElementType.FLOAT32),
            Map.entry("<f8", ElementType.FLOAT64),
            Map.entry("|i1", ElementType.INT8),
            Map.entry("|u1", ElementType.UINT8),
            Map.entry("<i2", ElementType.INT16),
            Map.entry("<u2", ElementType.UINT16),
            Map.entry("<i4", ElementType.INT32),
            Map.entry("<u4", ElementType.UINT32),
            Map.entry("<i8", ElementType.INT64),
            Map.entry("<u8", ElementType.UINT64),
            Map.entry("|b1", ElementType.BOOL));

    private static final Pattern DICTIONARY = Pattern.compile("\\{(.*)\\}\\s*", Pattern.DOTALL);
    private static final Pattern DESCRIPTION = Pattern.compile("['\"]descr['\"]\\s*:\\s*['\"]([^'\"]*)['\"]");
    private static final Pattern ORDER = Pattern.compile("['\"]fortran_order['\"]\\s*:\\s*(True|False)");
    private static final Pattern SHAPE = Pattern.compile("['\"]shape['\"]\\s*:\\s*\\(([^)]*)\\)");

    /// What makes a file none of ours: the fact, and a hint that may be empty.
    static final class Fault extends Exception {
        private static final long serialVersionUID = 1;

        private final String hint;

        Fault(String fact, String hint) {
            super(fact);
            this.hint = hint;
        }

        Optional<String> hint() {
            return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
        }
    }

    static NpyHeader parse(String text) throws Fault {
        Matcher dictionary = DICTIONARY.matcher(text);
        if (!dictionary.matches()) {
            throw new Fault("the header is not a Python dictionary: " + excerpt(text), "");
        }
        String entries = dictionary.group(1);
        String description = entry(DESCRIPTION, "descr", entries);
        ElementType element = TYPES.get(description);
        if (element == null) {
            throw new Fault(
                    "elements are '" + description + "' but one of "
                            + TYPES.keySet().stream().sorted().collect(Collectors.joining(" ")) + " is expected",
                    "save array.astype('<f4')");
        }
        if (entry(ORDER, "fortran_order", entries).equals("True")) {
            throw new Fault(
                    "the array is in Fortran order (columns first) but C order is expected",
                    "save numpy.ascontiguousarray(array)");
        }
        return new NpyHeader(new TensorType(element, shape(entry(SHAPE, "shape", entries))));
    }

    private static String entry(Pattern pattern, String name, String entries) throws Fault {
        Matcher matcher = pattern.matcher(entries);
        if (!matcher.find()) {
            throw new Fault("the header has no valid entry '" + name + "': " + excerpt(entries), "");
        }
        return matcher.group(1);
    }

    private static Shape shape(String text) throws Fault {
        try {
            List<Long> dims = Stream.of(text.split(","))
                    .map(String::strip)
                    .filter(dim -> !dim.isEmpty())
                    .map(Long::valueOf)
                    .toList();
            return new Shape(dims);
        } catch (NumberFormatException invalid) {
            throw new Fault("the header's shape (" + excerpt(text) + ") is not valid: " + invalid.getMessage(), "");
        } catch (CompileException invalid) {
            throw new Fault("the header's shape (" + excerpt(text) + ") is not valid: " + invalid.fact(), "");
        }
    }

    private static String excerpt(String text) {
        String clean = text.strip().replaceAll("[^\\x20-\\x7e]", "?");
        return clean.length() <= 80 ? clean : clean.substring(0, 80) + "...";
    }

    /// The bytes before the data, of version 1.0, or 2.0 where that has no room.
    ///
    /// @param dims the extents, outermost first
    static byte[] bytes(ElementType element, List<Long> dims) {
        return bytes(element, dims, 0);
    }

    /// @param room how many bytes at least; the rest is filled up with blanks
    static byte[] bytes(ElementType element, List<Long> dims, int room) {
        String dictionary =
                "{'descr': '" + description(element) + "', 'fortran_order': False, 'shape': " + tuple(dims) + ", }";
        boolean isShort = dictionary.length() + ALIGNMENT < 0xffff;
        int prefix = MAGIC.length + (isShort ? 4 : 6);
        int whole = Math.max(room, Math.ceilDiv(prefix + dictionary.length() + 1, ALIGNMENT) * ALIGNMENT);
        String padded = dictionary + " ".repeat(whole - prefix - dictionary.length() - 1) + "\n";
        byte[] header = new byte[whole];
        System.arraycopy(MAGIC, 0, header, 0, MAGIC.length);
        header[6] = (byte) (isShort ? 1 : 2);
        for (int i = 8; i < prefix; i++) {
            header[i] = (byte) (padded.length() >>> 8 * (i - 8));
        }
        System.arraycopy(padded.getBytes(StandardCharsets.US_ASCII), 0, header, prefix, padded.length());
        return header;
    }

    private static String description(ElementType element) {
        return TYPES.entrySet().stream()
                .filter(entry -> entry.getValue() == element)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static String tuple(List<Long> dims) {
        String all = dims.stream().map(String::valueOf).collect(Collectors.joining(", "));
        return "(" + all + (dims.size() == 1 ? ",)" : ")");
    }
}
