package dev.sinter.backend.fpga;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// What hardware is made of before a chip's cells are made of it: how many bits of each kind of logic, its memories,
/// and its products.
final class Parts {
    private final Map<Kind, Long> bits = new EnumMap<>(Kind.class);
    private final List<Memory> memories = new ArrayList<>();
    private final List<Product> products = new ArrayList<>();

    /// Kinds of logic, counted in bits of their results but where said otherwise.
    enum Kind {
        /// A sum or difference of two numbers.
        SUM,
        /// One of a product and another number, which blocks of some families compute.
        PRODUCT_SUM,
        /// One of a number and a constant.
        CONSTANT_SUM,
        /// A comparison of two numbers; bits of the wider operand.
        COMPARISON,
        /// One of a number with a constant.
        CONSTANT_COMPARISON,
        /// A choice between two numbers.
        CHOICE,
        /// One between a number and a constant.
        CONSTANT_CHOICE,
        /// A division by a constant, or what it leaves: bits of the dividend for each bit of the divisor.
        DIVISION,
        /// A function of single bits.
        LOGIC,
        /// The highest bit that is set.
        HIGHEST_BIT,
        /// Some bits of a product in each cycle: bits of a factor, each time one is gone through.
        SERIAL,
        /// A loop's counter.
        COUNTER,
        /// What is kept from one cycle to the next.
        REGISTER
    }

    /// A memory.
    ///
    /// @param words how many
    /// @param bits of each
    /// @param written false if it never changes
    /// @param clocked true if what stands at an address is there a cycle later
    record Memory(long words, int bits, boolean written, boolean clocked, boolean large) {}

    /// A product of two numbers.
    ///
    /// @param a bits of one
    /// @param b bits of the other
    record Product(int a, int b) {
        static Product of(Signal signal) {
            return new Product(signal.operand(0).width(), signal.operand(1).width());
        }
    }

    void add(Kind kind, long count) {
        bits.merge(kind, count, Long::sum);
    }

    void add(Memory memory) {
        memories.add(memory);
    }

    void add(Product product) {
        products.add(product);
    }

    void addAll(Parts others) {
        others.bits.forEach(this::add);
        memories.addAll(others.memories);
        products.addAll(others.products);
    }

    long bits(Kind kind) {
        return bits.getOrDefault(kind, 0L);
    }

    List<Memory> memories() {
        return memories;
    }

    List<Product> products() {
        return products;
    }
}
