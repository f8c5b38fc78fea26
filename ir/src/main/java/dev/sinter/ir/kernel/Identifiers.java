package dev.sinter.ir.kernel;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/// The names of one kernel or program, each given once, such that every printed language accepts them.
///
/// What stages, axes and networks are called decides nothing: a name that is not among the few known to be free in C,
/// OpenCL C, their macros and libraries gets a prefix with which none of those starts.
public final class Identifiers {
    private static final int MOST_LETTERS = 32;

    /// Short names, as axes have them. Nothing else is as short, but for a few keywords.
    private static final Pattern SHORT = Pattern.compile("[a-z]{1,2}[0-9]{0,3}[io]?");

    private static final Set<String> KEYWORDS = Set.of("do", "if", "or", "pi");

    /// Names that printed kernels are easier to read with.
    private static final Set<String> FREE = Set.of("acc", "before", "conv", "gemm", "matmul", "value");

    private final Set<String> taken = new HashSet<>();
    private final Map<String, Integer> numbers = new HashMap<>();

    /// @param taken names that are given already
    public Identifiers(Iterable<String> taken) {
        taken.forEach(this.taken::add);
    }

    public Identifiers() {}

    /// A name for registers.
    public String register(String name) {
        return unique(FREE.contains(name) ? name : "v_" + cleaned(name));
    }

    /// A name for a counter of a loop.
    public String axis(String name) {
        boolean free = SHORT.matcher(name).matches() && !KEYWORDS.contains(name);
        return unique(free ? name : "i_" + cleaned(name));
    }

    /// A name for a kernel that computes what `name` says.
    public String kernel(String name) {
        return unique("k_" + cleaned(name));
    }

    /// Another name like one that this made.
    public String another(String identifier) {
        return unique(identifier);
    }

    private static String cleaned(String name) {
        String clean =
                name.toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "_").replaceAll("^_+|_+$", "");
        return clean.substring(0, Math.min(clean.length(), MOST_LETTERS));
    }

    private String unique(String base) {
        String candidate = base;
        while (!taken.add(candidate)) {
            candidate = base + "_" + numbers.merge(base, 2, (number, _) -> number + 1);
        }
        return candidate;
    }
}
