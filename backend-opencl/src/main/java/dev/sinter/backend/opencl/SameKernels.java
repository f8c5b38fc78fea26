package dev.sinter.backend.opencl;

import dev.sinter.ir.diag.Expect;
import dev.sinter.ir.kernel.Kernel;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// Which kernels of a program differ in names only: their own and those of what they read, write and keep in registers.
/// Kernels of layers of one shape do; a device builds them once.
final class SameKernels {
    private static final Pattern WORD = Pattern.compile("[A-Za-z_]\\w*");

    private final Map<String, Kernel> byText = new HashMap<>();
    private final Map<Kernel, Kernel> representatives = new IdentityHashMap<>();

    SameKernels(List<Kernel> kernels, OpenClDialect dialect) {
        kernels.forEach(kernel ->
                representatives.put(kernel, byText.computeIfAbsent(withoutNames(kernel, dialect), _ -> kernel)));
    }

    /// The first of those that are the same as `kernel`.
    Kernel representative(Kernel kernel) {
        return Expect.present(representatives.get(kernel), kernel.name());
    }

    /// What stands in place of a name is no word of the language, so that no other name can be taken for it.
    private static String withoutNames(Kernel kernel, OpenClDialect dialect) {
        Map<String, String> numbers = new HashMap<>();
        numbers.put(kernel.name(), "$");
        kernel.names().forEach(name -> numbers.putIfAbsent(name, "$" + numbers.size()));
        String text = OpenClPrinter.print(List.of(kernel), dialect);
        // A kernel that is started in pieces has one size in all dimensions but the one that is divided.
        String sizes =
                dialect.inPieces() ? Arrays.toString(Pieces.of(kernel.launch()).sizes()) : "";
        return WORD.matcher(text).replaceAll(word -> replacement(word, numbers)) + sizes;
    }

    private static String replacement(MatchResult word, Map<String, String> numbers) {
        String number = numbers.get(word.group());
        return number == null ? word.group() : "\\" + number;
    }
}
