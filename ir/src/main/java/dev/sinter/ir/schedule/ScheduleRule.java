package dev.sinter.ir.schedule;

/// What every schedule must keep to.
public enum ScheduleRule {
    PLANNED("every stage has a plan"),
    RESULT_STORED("a result is stored by a kernel of its own, or inside of the loops of another that does"),
    INLINE_MAPS("a stage that reduces cannot be inlined"),
    OWN_AXES("a stage's loops go over its own axes"),
    WHOLE_REDUCTION("a reduction goes over all of its points"),
    COVERED("a stage's loops cover what is demanded, each once"),
    VECTOR_INNERMOST("a vector loop is the innermost one, and goes over an output axis"),
    VECTOR_LANES("a vector has 2, 4, 8 or 16 lanes"),
    CONSUMER_READS("a stage is computed inside loops of one that reads it, or that is a result as it is"),
    LOOPS_THERE("a stage is computed inside loops that its consumer has"),
    IN_SCOPE("a stage is read only inside the loops that compute it"),
    WITHIN_WORK_ITEM("registers are filled by the work-item that reads them"),
    WITHIN_WORK_GROUP("local memory is filled by the work-group that reads it"),
    PARALLEL_OUTERMOST("loops of work-groups and work-items come first in a kernel's nest"),
    STORED_ONCE("what is stored inside of loops is all of a result, each element once"),
    KEPT_BY_STEPS("what is kept moves along an axis by one step in each iteration of one loop"),
    ITEMS_THERE("a stage is not filled by more work-items than its kernel has"),
    BARRIER_FOR_ALL("all work-items of a group reach a barrier"),
    SPLIT_BY_ALL("a reduction is split over all work-items along a dimension"),
    TAIL_IN_TURN("a tail is peeled off or overlaps where iterations come one after the other"),
    A_BOX("what is read of a stage is a box that moves with the loops around it"),
    LANES_AGREE("all lanes of a vector take the same way"),
    LANES_MATCH("neighbouring lanes of a vector are read by neighbouring lanes, or by all of them alike"),
    CHANNEL_ORDER("a channel is read in the order in which it is written");

    private final String sentence;

    ScheduleRule(String sentence) {
        this.sentence = sentence;
    }

    /// The rule in words.
    public String sentence() {
        return sentence;
    }
}
