export const guests = {
  guests: {
    title: 'Press and scientists',
    about:
      'Two lists of their own, each made by the office that the plan names. Guests here have no seat, count in no total of delegates, and are never absent.',
    list: { press: 'Press', scientists: 'Scientists' },
    owner: 'By the plan: {{owner}}.',
    noOwner: 'The plan gives this list to nobody yet.',
    count_one: '{{count}} guest',
    count_other: '{{count}} guests',
    none: 'Nobody is in the list yet',
    noneMore: 'Add them one by one, or import the Excel file that the office sends.',
    add: 'Add a guest',
    addTo: { press: 'Add to the press', scientists: 'Add a scientist' },
    change: 'Change',
    changeOf: 'Change {{who}}',
    remove: 'Take off the list',
    removeAsk: 'Take this guest off?',
    removeMore: '{{who}} will not be in the list any more.',
    keep: 'Keep them',
    save: 'Save',
    cancel: 'Cancel',
    field: {
      name: 'Name',
      organisation: 'Organisation',
      post: 'Post',
      card: 'Press card',
      phone: 'Phone',
      email: 'Email',
    },
    agencyAlone: 'Leave it empty while nobody knows who comes.',
    anybody: 'No name yet',
    file: {
      press:
        'Drop an Excel or CSV file here. It needs a column Organisation; Name, Post, Press card, Phone and Email may stand beside it.',
      scientists:
        'Drop an Excel or CSV file here. It needs a column Name; Organisation, Post, Phone and Email may stand beside it.',
    },
    import: 'Import from a file',
    reading: 'Reading {{name}}',
    wouldAdd:
      'Rows in the file: {{rows}}. Guests to add: {{added}}. In the list already, and left as they are: {{known}}.',
    faulty: 'The file needs mending, so nothing was imported. Mend it and send it again.',
    confirm_one: 'Add {{count}} guest',
    confirm_other: 'Add {{count}} guests',
    nothingNew: 'Everybody in the file is in the list already.',
  },
};
