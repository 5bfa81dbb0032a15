"""The gate: extracted figures are compared with gold, and every relevant change is reported.

Gold is a set of readable files (`gold`); a run is compared with it row by row (`comparison`) after every
gold row has been found again in the text of today (`document.anchoring`) and paired with one row of the run
(`pairing`). What fails is for the team to say (`policy`), and the answer is one of three (`verdict`).
"""
