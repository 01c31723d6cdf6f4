"""The kit: the small widgets every view is made of. Import from the module; nothing is imported here.

=====================  =======================================================================================
module                 what it holds
=====================  =======================================================================================
surfaces               `Pane(ground, edges)`, `Label(text, font, color, wrap=)`, `Link`, `HairLine`, `IconLabel`,
                       `StateIcon`, `SectionHead(title, fact, link=)`, `PaneHead(title, fact)`, `StateTag`
states                 `State` and `STATE_LOOK` (icon, colour and word of each)
buttons                `primary_button`, `secondary_button`, `link_button`, `IconButton(icon, name)`
rows                   `RowList(name)` + `RowDelegate` + `RowRole` + `MetaPart`: lists of items, decisions, jobs
row_meta               the lines below a row's title, broken between parts and words
tables                 `DataTable(name)` + `TableDelegate` + `TableRole`: figures, boards, recipients
steps                  `StepBar(names)`, `PaneTabs(names)`, `Segment(names, name)`: all are tab bars
forms                  `FormRow(label, field, help, fact=)` with `set_remark`, `FormLine((row, share), ...)`
text_edits             `TextField`, `GrowingTextEdit`, `WrappedLine` (a heading, seen whole, without line breaks):
                       `edited(str)` after a pause, `set_text` is silent
prose_line             `ProseLine`: a `TextField` whose unknown words are underlined
clauses                `ClauseListEdit(lead_in, clauses, placeholder=)`: att-satser
recipients             `RecipientsEdit(names, suggestions=)`, `FlowLayout`
fields                 `DateField`, `TimeField`, `CountField`, `ChoiceField(choices)`
findings               `FindingList` + `FindingRow`
attachment_row         `AttachmentRow(number, title, facts, verbs=)`
drop_zone              `DropZone(text, endings=)`, `local_files(mime, endings)`
empty_state            `EmptyState(what, how, action)`
notification           `Notice`, `NotificationStrip`
progress               `ProgressArea(jobs)`
places                 `PLACES`, `PlaceList`
=====================  =======================================================================================

Rules that keep views alike:

* Colours and fonts by role (`ui/theme.py`), lengths by `current_theme().px(n)` where n is the length in the
  drawings. Painted widgets ask the theme in `paintEvent`. Never `setStyleSheet` on a widget.
* A page: `views/page.py`, with 20 px margins left and right, as the head above it (16 on top); a pane 16. Between
  form rows 12, between controls 8, inside a group 4, between sections 24.
* A label above each field through `FormRow`; it gives the field its accessible name. Anything else that can be
  operated gets `setAccessibleName`.
* Lists through a model and `RowList`; give `RowRole.TITLE`, and `Qt.AccessibleTextRole` from `row_in_words(index)`.
* One `primary_button` per view. Long texts wrap; nothing scrolls sideways but sheet and grid.
* How a view reads and changes values: see the docstring of `ui/session.py`.
"""
