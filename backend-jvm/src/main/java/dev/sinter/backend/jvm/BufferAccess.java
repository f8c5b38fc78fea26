package dev.sinter.backend.jvm;

import dev.sinter.ir.type.ElementType;
import java.lang.classfile.CodeBuilder;
import java.lang.constant.ClassDesc;

/// What printed code has for the kernel's buffers. An element is there as the JVM has it in an array: a `byte`,
/// `short`, `int`, `long`, `float` or `double`.
public interface BufferAccess {
    /// Arrays of Java.
    BufferAccess ARRAYS = new BufferAccess() {
        @Override
        public ClassDesc type(ElementType element) {
            return JvmTypes.array(element);
        }

        @Override
        public void load(ElementType element, CodeBuilder code) {
            code.arrayLoad(JvmTypes.element(element));
        }

        @Override
        public void store(ElementType element, CodeBuilder code) {
            code.arrayStore(JvmTypes.element(element));
        }
    };

    /// The class of a buffer.
    ClassDesc type(ElementType element);

    /// Puts an element in place of the buffer and the index on the operand stack.
    void load(ElementType element, CodeBuilder code);

    /// Takes buffer, index and element from the operand stack.
    void store(ElementType element, CodeBuilder code);
}
