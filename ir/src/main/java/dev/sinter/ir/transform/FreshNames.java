package dev.sinter.ir.transform;

import dev.sinter.ir.kernel.Identifiers;
import dev.sinter.ir.kernel.Kernel;
import dev.sinter.ir.kernel.KernelArray;
import dev.sinter.ir.type.ElementType;
import java.util.ArrayList;
import java.util.List;

/// Names for register arrays that a pass adds to a kernel.
final class FreshNames {
    private final Identifiers names;

    FreshNames(Kernel kernel) {
        List<String> taken = new ArrayList<>(kernel.names());
        taken.add(kernel.name());
        this.names = new Identifiers(taken);
    }

    /// An array like `array`.
    KernelArray copy(KernelArray array) {
        return array.named(names.another(array.name()));
    }

    KernelArray array(String name, ElementType element, List<Long> extents, int lanes) {
        return new KernelArray(names.another(name), element, extents, lanes);
    }

    /// A single register.
    KernelArray register(String name, ElementType element, int lanes) {
        return array(name, element, List.of(), lanes);
    }
}
