package dev.sinter.backend.jvm;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.TypeKind;
import java.lang.constant.ClassDesc;

/// How the bytecode of one work-item asks for what it shares with others. Each method finds the context on the operand
/// stack, which is the first parameter of what [WorkItemPrinter] prints.
public interface WorkItemContext {
    /// The class of the context.
    ClassDesc type();

    /// What there is for the kernel's buffers.
    BufferAccess buffers();

    /// Leaves the number of the work-item's group as an int.
    ///
    /// @param dimension 0 to 2
    void group(int dimension, CodeBuilder code);

    /// Leaves the number of the work-item within its group as an int.
    void item(int dimension, CodeBuilder code);

    /// Leaves an array that all work-items of a group share.
    ///
    /// @param kind int, long, float or double
    void localArray(TypeKind kind, int length, CodeBuilder code);

    /// Waits until all work-items of the group have come here.
    void barrier(CodeBuilder code);
}
