package dev.sinter.ir.kernel;

import java.util.Collection;
import java.util.regex.Pattern;

/// Names that every printed language accepts.
public final class Identifiers {
    /// Keywords and the functions that printers call, of C, OpenCL C and Java.
    private static final Pattern RESERVED = Pattern.compile(
            "auto|break|case|const|continue|default|do|double|else|enum"
                + "|extern|float|for|goto|if|inline|int|long|register|restrict|return|short|signed|sizeof|static|struct"
                + "|switch|typedef|union|unsigned|void|volatile|while|kernel|global|local|constant|private|uniform|bool|half"
                + "|char|uchar|ushort|uint|ulong|size_t|image\\w*|sampler_t|event_t|pipe"
                + "|(float|double|half|u?char|u?short|u?int|u?long)\\d+"
                + "|max|min|exp|log|sqrt|tanh|erf|floor|ceil|rint|fabs|fma|pow|select|clamp|isnan|abs|vload\\w*|vstore\\w*");

    private Identifiers() {}

    /// Letters, digits and underscores only, not starting with a digit, never a keyword, and not among `taken`.
    public static String unique(String name, Collection<String> taken) {
        String clean = name.replaceAll("[^A-Za-z0-9_]+", "_").replaceAll("^_+|_+$", "");
        boolean unfit = clean.isEmpty()
                || !Character.isLetter(clean.charAt(0))
                || RESERVED.matcher(clean).matches();
        String base = unfit ? "t_" + clean : clean;
        String candidate = base;
        for (int number = 2; taken.contains(candidate); number++) {
            candidate = base + "_" + number;
        }
        return candidate;
    }
}
